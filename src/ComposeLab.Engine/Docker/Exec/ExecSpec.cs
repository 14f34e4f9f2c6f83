namespace ComposeLab.Engine.Docker;

/// <summary>A command inside a container.</summary>
public sealed record ExecSpec
{
    /// <summary>Program and arguments; no shell reads them.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The user; null is the container's.</summary>
    public string? User { get; init; }

    /// <summary>The directory; null is the container's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables besides the container's, as <c>KEY=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Whether the command gets input.</summary>
    public bool Input { get; init; }

    /// <summary>Whether the command gets a terminal; its output is then one stream.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether the command may do nearly everything the host may.</summary>
    public bool Privileged { get; init; }
}
