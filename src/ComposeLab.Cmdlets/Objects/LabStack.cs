namespace ComposeLab;

/// <summary>A project as it exists on the engine, whichever tool made it.</summary>
public sealed class LabStack
{
    /// <summary>The project's name.</summary>
    public required string ProjectName { get; init; }

    /// <summary>How many containers run.</summary>
    public required int Running { get; init; }

    /// <summary>How many containers there are.</summary>
    public required int Total { get; init; }

    /// <summary>The services, in ordinal order.</summary>
    public required IReadOnlyList<string> Services { get; init => field = Indexable.Of(value); }

    /// <summary>The worst health among the containers.</summary>
    public required LabHealth Health { get; init; }

    /// <summary>The project directory it was made from; empty when unknown.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The same as <see cref="WorkingDirectory"/>, under the name of the parameter that takes it from the pipeline.</summary>
    public string ProjectDirectory => WorkingDirectory;

    /// <summary>The compose files it was made from, absolute, in merge order; empty when unknown.</summary>
    public required IReadOnlyList<string> ConfigFiles { get; init => field = Indexable.Of(value); }

    /// <summary>The state of the whole in a word: running, partly running, stopped.</summary>
    public string Status => Running == 0 ? "stopped" : Running == Total ? "running" : "partly running";

    /// <summary>Names the stack, for messages.</summary>
    /// <returns>The project's name.</returns>
    public override string ToString() => ProjectName;
}
