using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Buildx;

namespace ComposeLab.Images;

/// <summary>What the user of Build-LabImage adds to the build sections of a project.</summary>
internal sealed record BuildChoices
{
    /// <summary>Build arguments; a null value is that of the project's variable of the same name.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether every step runs again.</summary>
    public bool NoCache { get; init; }

    /// <summary>The stages whose steps run again.</summary>
    public IReadOnlyList<string> NoCacheStages { get; init; } = [];

    /// <summary>Whether newer base images are pulled.</summary>
    public bool Pull { get; init; }

    /// <summary>The platforms instead of the project's; empty for those.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The builder; null for the current one.</summary>
    public string? Builder { get; init; }

    /// <summary>The provenance attestation; null for that of the project.</summary>
    public string? Provenance { get; init; }

    /// <summary>The attestation of the image's software; null for that of the project.</summary>
    public string? Sbom { get; init; }

    /// <summary>Further ssh agents and keys, as <c>id</c> or <c>id=path</c>.</summary>
    public IReadOnlyList<string> Ssh { get; init; } = [];

    /// <summary>Whether the images are pushed.</summary>
    public bool Push { get; init; }

    /// <summary>Adds the choices to a build.</summary>
    /// <param name="build">The build of a service.</param>
    /// <param name="project">Its project.</param>
    /// <returns>The build; docker-buildx builds it if the engine's build API cannot.</returns>
    public BuildSpec Apply(BuildSpec build, ComposeProject project)
    {
        var arguments = new Dictionary<string, string?>(build.Arguments, StringComparer.Ordinal);
        foreach ((string name, string? value) in Arguments)
        {
            arguments[name] = value ?? project.Environment.GetValueOrDefault(name);
        }

        IReadOnlyList<string> platforms = Platforms.Count == 0 ? build.Buildx.Platforms : Platforms.Count == 1 ? [] : Platforms;
        // The project's platforms alone may be the reason for buildx.
        bool needsBuildx = build.NeedsBuildx || platforms.Count > 1 || Builder is not null || Ssh.Count > 0 || IsOn(Provenance) || IsOn(Sbom);
        return build with
        {
            Arguments = arguments,
            NoCache = build.NoCache || NoCache,
            NoCacheStages = [.. build.NoCacheStages.Union(NoCacheStages, StringComparer.Ordinal)],
            Pull = build.Pull || Pull,
            Platform = Platforms is [var only] ? only : build.Platform,
            NeedsBuildx = needsBuildx,
            Buildx = build.Buildx with
            {
                Platforms = platforms,
                Builder = Builder,
                Provenance = Provenance ?? build.Buildx.Provenance,
                Sbom = Sbom ?? build.Buildx.Sbom,
                Ssh = [.. build.Buildx.Ssh.Where(key => !Ssh.Any(other => Id(other) == Id(key))), .. Ssh],
                Push = Push && HasOwnName(build, project),
            },
        };
    }

    /// <summary>Whether the service of a build names its image. Like docker compose, others are not pushed.</summary>
    /// <param name="build">The build.</param>
    /// <param name="project">Its project.</param>
    /// <returns>True if it has a name of its own.</returns>
    public static bool HasOwnName(BuildSpec build, ComposeProject project) =>
        build.Service is { } name && !string.IsNullOrEmpty((project.Services.GetValueOrDefault(name) ?? project.DisabledServices.GetValueOrDefault(name))?.Image);

    private static string Id(string key) => key.Split('=', 2)[0];

    private static bool IsOn(string? attestation) => attestation is not (null or "false");
}

/// <summary>Creates the objects of a check.</summary>
internal static class BuildCheckObjects
{
    /// <summary>Creates the object of a warning.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <param name="build">The build that was checked.</param>
    /// <param name="warning">The builder's warning.</param>
    /// <returns>The object.</returns>
    public static LabFinding Of(string projectName, BuildSpec build, DockerfileWarning warning) => new()
    {
        ProjectName = projectName,
        Rule = warning.Rule,
        Severity = LabSeverity.Warning,
        Service = build.Service,
        Path = $"services.{build.Service}.build",
        File = build.DockerfileInline is null ? Path.Combine(build.Context, build.Dockerfile) : null,
        Line = warning.Line,
        Column = warning.Line > 0 ? 1 : 0,
        Message = warning.Message.TrimEnd('.') + ".",
        Recommendation = warning.Url.Length > 0 ? $"Change the line as {warning.Url} shows" : "Change the line",
    };
}
