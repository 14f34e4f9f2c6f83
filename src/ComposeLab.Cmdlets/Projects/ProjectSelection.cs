using ComposeLab.Compose.Loading;

namespace ComposeLab.Projects;

/// <summary>The project that the user selected, with absolute paths.</summary>
internal sealed record ProjectSelection
{
    /// <summary>The lab profile; null or empty for the base file alone.</summary>
    public string? Profile { get; init; }

    /// <summary>An absolute folder or Compose file; null if <see cref="Files"/>, the current location or the bundled lab is used.</summary>
    public string? Path { get; init; }

    /// <summary>Compose files, as the user typed them if the path is relative to <see cref="Location"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether the bundled lab was selected explicitly.</summary>
    public bool BundledLab { get; init; }

    /// <summary>Whether the files come from a stack in the pipeline. Its labels on the engine then define the stack.</summary>
    public bool IsOfStack { get; init; }

    /// <summary>Environment files that replace <c>.env</c>.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>The project name; null to use the name in the files.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The base folder of relative paths in the files; null for the folder of the first file.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>The Compose profiles to enable.</summary>
    public IReadOnlyList<string> ComposeProfiles { get; init; } = [];

    /// <summary>The services to load, with their dependencies: nothing else is resolved or checked. Empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether Compose files may be on other machines.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>The absolute current location of the session.</summary>
    public required string Location { get; init; }

    /// <summary>The environment for interpolation. Contains secrets: never print it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The docker context or the address of the engine; null for the default one.</summary>
    public string? Context { get; init; }

    /// <summary>Whether variables are replaced by their values.</summary>
    public bool Interpolate { get; init; } = true;

    /// <summary>Whether relative paths become absolute.</summary>
    public bool ResolvePaths { get; init; } = true;

    /// <summary>Whether the environment files of services are read.</summary>
    public bool ResolveEnvironment { get; init; } = true;

    /// <summary>Whether references between the parts of the project are checked.</summary>
    public bool CheckConsistency { get; init; } = true;

    /// <summary>Whether resources that no service uses are kept.</summary>
    public bool KeepUnused { get; init; }

    /// <summary>Whether the bundled lab is selected: explicitly, or because nothing was specified and the current location belongs to no other project.</summary>
    public bool IsBundledLab => BundledLab || (Path is null && Files.Count == 0 && (!BaseFile.IsNear(Location, Environment) || IsInBundledLab));

    /// <summary>Whether only the name of the stack was specified, so that its files are unknown.</summary>
    public bool IsOnlyNamed => ProjectName is not null && Path is null && Files.Count == 0 && !BundledLab;

    /// <summary>Whether Compose files, or an overlay for them, were specified: the files then define what belongs to the stack.</summary>
    public bool GivesFiles => !IsOfStack && (Profile is not null || Files.Count > 0 || File.Exists(Path));

    private bool IsInBundledLab => BaseFileSearch.Find(Location) is { } found && found == ComposeLab.Projects.BundledLab.BaseFileOrNull();

    /// <summary>Selects the files that a stack was started from. A base file and its overlay are selected as that lab profile.</summary>
    /// <param name="files">The absolute paths, in merge order.</param>
    /// <returns>The selection; a lab profile on the command line replaces that of the stack.</returns>
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
