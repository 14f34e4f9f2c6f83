namespace ComposeLab.Engine.Docker;

/// <summary>Something mounted into an existing container.</summary>
public sealed record ContainerMount
{
    /// <summary><c>bind</c>, <c>volume</c> or <c>tmpfs</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The volume's name; empty for others.</summary>
    public required string Name { get; init; }

    /// <summary>The path on the host.</summary>
    public required string Source { get; init; }

    /// <summary>The path inside the container.</summary>
    public required string Target { get; init; }

    /// <summary>Whether the container may write.</summary>
    public required bool Writable { get; init; }
}
