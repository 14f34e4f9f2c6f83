using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine;

/// <summary>What a failed container said about itself, gathered at the moment of the failure.</summary>
public sealed record ServiceEvidence
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The exit code, when the container has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether the kernel ended it for lack of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The last runs of the healthcheck, oldest first.</summary>
    public IReadOnlyList<HealthProbe> Probes { get; init; } = [];

    /// <summary>The last lines of the log, oldest first.</summary>
    public IReadOnlyList<string> LogTail { get; init; } = [];
}
