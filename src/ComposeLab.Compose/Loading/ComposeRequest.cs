using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Compose.Loading;

/// <summary>All input of a load. Nothing else is read from the process: the caller passes the environment.</summary>
public sealed record ComposeRequest
{
    /// <summary>The Compose files in merge order, as with <c>docker compose -f</c>; relative ones are relative to
    /// <see cref="WorkingDirectory"/>. Empty: <c>COMPOSE_FILE</c>, then discovery upward from the working directory.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The rules of paths; those of this host unless a test chooses others.</summary>
    public HostPaths Paths { get; init; } = HostPaths.Current;

    /// <summary>The absolute current directory of the request.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The base folder of relative paths in the files (<c>--project-directory</c>); null: the first file's directory.</summary>
    public string? ProjectDirectory { get; init; }

    /// <summary>The project name (<c>--project-name</c>); null: variable, <c>name:</c>, directory, in this order.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Files to read instead of <c>.env</c> (<c>--env-file</c>); later ones override earlier ones. Empty: <c>COMPOSE_ENV_FILES</c>, then
    /// <c>.env</c>.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    /// <summary>The Compose profiles to enable (<c>--profile</c>); <c>*</c> enables all. Empty: <c>COMPOSE_PROFILES</c>, and without it the empty profile.</summary>
    public IReadOnlyList<string> ComposeProfiles { get; init; } = [];

    /// <summary>The services to load, with their dependencies: their Compose profiles are enabled, and nothing else is resolved or checked. Empty: every service
    /// that the profiles enable.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Fetches Compose files from other machines; null if that is not allowed.</summary>
    public IRemoteFiles? Remote { get; init; }

    /// <summary>Whether variables are replaced. If not, the project is for display only: unreferenced resources are kept.</summary>
    public bool Interpolate { get; init; } = true;

    /// <summary>Whether relative paths become absolute. If not, the project is for display only.</summary>
    public bool ResolvePaths { get; init; } = true;

    /// <summary>Whether the files of <c>env_file</c> and <c>label_file</c> are read, and variables without a value get theirs. If not, the project is for display
    /// only.</summary>
    public bool ResolveEnvironment { get; init; } = true;

    /// <summary>Whether the parts of the model are checked against each other, such as references and cycles. If not, the project is for display only.</summary>
    public bool CheckConsistency { get; init; } = true;

    /// <summary>Whether networks, volumes, secrets, configs and models that no service uses are kept.</summary>
    public bool KeepUnused { get; init; }

    /// <summary>Texts of Compose files by their absolute path, to load a project as it would be with changed files. Other files are read.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The environment of the operating system. If <c>PWD</c> is missing, it is the working directory.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
