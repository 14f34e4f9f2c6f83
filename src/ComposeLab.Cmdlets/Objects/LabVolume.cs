namespace ComposeLab;

/// <summary>A volume of a stack, and who uses it.</summary>
public sealed class LabVolume
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The name on the engine.</summary>
    public required string Name { get; init; }

    /// <summary>The key in the Compose files; empty if the project did not create it.</summary>
    public required string Key { get; init; }

    /// <summary>The driver, such as <c>local</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>Whether the project uses it, but did not create it.</summary>
    public required bool IsExternal { get; init; }

    /// <summary>Whether it was created for one container, without a name of its own.</summary>
    public required bool IsAnonymous { get; init; }

    /// <summary>The names of the containers that use it, of this stack and others.</summary>
    public required IReadOnlyList<string> UsedBy { get; init => field = Indexable.Of(value); }

    /// <summary>The name on the engine.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
