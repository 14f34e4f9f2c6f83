using ComposeLab.Compose.Loading;

namespace ComposeLab.Projects;

/// <summary>Which project the user means, with every path made absolute.</summary>
internal sealed record ProjectSelection
{
    /// <summary>The lab profile; null or empty for the base file alone.</summary>
    public string? Profile { get; init; }

    /// <summary>An absolute folder or compose file; null if <see cref="Files"/>, the current location or the bundled lab is meant.</summary>
    public string? Path { get; init; }

    /// <summary>Compose files, as the user typed them where that is a path relative to <see cref="Location"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether the bundled lab was selected explicitly.</summary>
    public bool BundledLab { get; init; }

    /// <summary>Whether the files are those that a stack of the pipeline was started from. The stack is then what its labels on the engine say.</summary>
    public bool IsOfStack { get; init; }

    /// <summary>Environment files that stand instead of <c>.env</c>.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>The project's name; null for the one that the files give.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Where relative paths in the files start; null for the folder of the first file.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>The Compose profiles to switch on.</summary>
    public IReadOnlyList<string> ComposeProfiles { get; init; } = [];

    /// <summary>The services to load, with those they depend on: nothing else is resolved or checked. Empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The absolute current location of the session.</summary>
    public required string Location { get; init; }

    /// <summary>The environment that interpolation sees. Holds secrets: never print it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether variables are replaced by their values.</summary>
    public bool Interpolate { get; init; } = true;

    /// <summary>Whether the bundled lab is meant: it was selected explicitly, or nothing was given and the current location belongs to no other project.</summary>
    public bool IsBundledLab => BundledLab || (Path is null && Files.Count == 0 && (!BaseFile.IsNear(Location, Environment) || IsInBundledLab));

    /// <summary>Whether only the name of the stack was given, and nothing says which files it has.</summary>
    public bool IsOnlyNamed => ProjectName is not null && Path is null && Files.Count == 0 && !BundledLab;

    /// <summary>Whether compose files, or an overlay for them, were given: then the files say what belongs to the stack.</summary>
    public bool GivesFiles => !IsOfStack && (Profile is not null || Files.Count > 0 || File.Exists(Path));

    private bool IsInBundledLab => BaseFileSearch.Find(Location) is { } found && found == ComposeLab.Projects.BundledLab.BaseFileOrNull();

    /// <summary>Selects the files that a stack was started from. Files that are a base file and its overlay become that lab profile.</summary>
    /// <param name="files">The absolute paths, in merge order.</param>
    /// <returns>The selection; a lab profile that was typed takes the place of the stack's.</returns>
    public ProjectSelection OfStack(IReadOnlyList<string> files)
    {
        if (!string.IsNullOrEmpty(Profile))
        {
            return this with { Files = [files[0]] };
        }

        string? profile = files is [var first, var second] ? LabProfiles.NameOf(first, second) : null;
        return this with { Files = profile is null ? files : [files[0]], Profile = profile, IsOfStack = true };
    }
}
