namespace ComposeLab.Projects;

/// <summary>Which project the user means, with every path made absolute.</summary>
internal sealed record ProjectSelection
{
    /// <summary>The lab profile; null or empty for the base file alone.</summary>
    public string? Profile { get; init; }

    /// <summary>An absolute folder or compose file; null where <see cref="Files"/> or the bundled lab is meant.</summary>
    public string? Path { get; init; }

    /// <summary>Compose files, as the user typed them where that is a path relative to <see cref="Location"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Files of variables that stand instead of <c>.env</c>.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>The project's name; null for the one that the files give.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Where relative paths in the files start; null for the folder of the first file.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>The Compose profiles to switch on.</summary>
    public IReadOnlyList<string> ComposeProfiles { get; init; } = [];

    /// <summary>The absolute current location of the session.</summary>
    public required string Location { get; init; }

    /// <summary>The environment that interpolation sees. Holds secrets: never print it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether variables are replaced by their values.</summary>
    public bool Interpolate { get; init; } = true;

    /// <summary>Whether neither a path nor a file was given: the bundled lab is meant.</summary>
    public bool IsBundledLab => Path is null && Files.Count == 0;
}
