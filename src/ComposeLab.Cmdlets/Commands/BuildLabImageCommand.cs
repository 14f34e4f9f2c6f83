using System.Collections;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Progress;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Builds the images of a project.</para>
/// <para type="description">Builds the image of each service that has a build section. Uses the engine's BuildKit, or its classic builder if BuildKit is not
/// available. The only build cache is the engine's. The build context is filtered by .dockerignore and streamed to the engine. Each image is written to the pipeline
/// when it is built, with its steps: which came from the cache, which ran, for how long, and how many bytes each one added. If a step fails, the command fails with
/// ImageBuildFailed. The error contains the step, its exit code and its last output. What the engine's build API cannot do is built by the docker-buildx plugin of the
/// docker client if that is installed: secrets, ssh keys, further contexts, several platforms, privileges, attestations, other caches and builders. Secrets are passed to
/// it in files or in its environment, never as arguments.</para>
/// </summary>
/// <example>
/// <summary><para>Builds the image that Prod uses and shows which steps came from the cache.</para></summary>
/// <code>(Build-LabImage -Profile Prod).Steps</code>
/// </example>
/// <example>
/// <summary><para>Builds one service of another project from scratch, with updated base images.</para></summary>
/// <code>Build-LabImage -Path ./shop -Service web -NoCache -Pull Always</code>
/// </example>
/// <example>
/// <summary><para>Builds a release with another value of a build argument.</para></summary>
/// <code>Build-LabImage -Path ./shop -BuildArg @{ VERSION = '2.1.0' }</code>
/// </example>
/// <example>
/// <summary><para>Builds the images of another project and pushes them to their registries.</para></summary>
/// <code>Build-LabImage -Path ./shop -Push</code>
/// </example>
/// <example>
/// <summary><para>Builds for two platforms with another builder, with the docker-buildx plugin.</para></summary>
/// <code>Build-LabImage -Path ./shop -Platform linux/amd64, linux/arm64 -Builder multi -Push</code>
/// </example>
/// <example>
/// <summary><para>Lists what the builder recommends to change in the Dockerfiles, without building.</para></summary>
/// <code>Build-LabImage -Path ./shop -Check</code>
/// </example>
[Cmdlet("Build", "LabImage", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabImageBuild), typeof(LabFinding))]
public sealed class BuildLabImageCommand : LabEngineCmdlet
{
    private IReadOnlyList<string> _ssh = [];

    /// <summary><para type="description">The services to build. Default: every service with a build section.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Runs every step again, even if it is in the build cache.</para></summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary><para type="description">When to pull base images. Missing: if they do not exist on the engine. Always: also to check for newer ones. Default:
    /// Missing.</para></summary>
    [Parameter]
    [ValidateSet(nameof(LabPullPolicy.Missing), nameof(LabPullPolicy.Always))]
    [OneValue]
    public LabPullPolicy Pull { get; set; }

    /// <summary><para type="description">Build arguments that override those of the services, such as @{ VERSION = '2.1' }. An argument that is $null has the value of
    /// the project's variable of that name.</para></summary>
    [Parameter]
    [Table]
    [ValidateNotNull]
    public Hashtable BuildArg { get; set; } = [];

    /// <summary><para type="description">The stages of the Dockerfile whose steps run again, even if they are in the build cache.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] NoCacheFilter { get; set; } = [];

    /// <summary><para type="description">Also builds the images of the services that the named services depend on.</para></summary>
    [Parameter]
    public SwitchParameter WithDependency { get; set; }

    /// <summary><para type="description">Pushes the images that have a name of their own to their registry after the builds.</para></summary>
    [Parameter]
    public SwitchParameter Push { get; set; }

    /// <summary><para type="description">The platforms to build for, such as linux/amd64 and linux/arm64, instead of those of the project. Several need docker-buildx
    /// and a builder that supports them.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Platform { get; set; } = [];

    /// <summary><para type="description">The builder of docker-buildx. Default: its current builder.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Builder { get; set; }

    /// <summary><para type="description">The ssh agents and keys that steps can mount, as ID or ID=PATH; default is the running ssh agent. Needs
    /// docker-buildx.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Ssh { get; set; } = [];

    /// <summary><para type="description">The attestation of how the image was built: true, false or mode=max. Needs docker-buildx.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Provenance { get; set; }

    /// <summary><para type="description">The attestation of the software in the image: true, false or generator=IMAGE. Needs docker-buildx.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Sbom { get; set; }

    /// <summary><para type="description">Only checks the Dockerfiles and writes what the builder recommends to change. Needs docker-buildx.</para></summary>
    [Parameter]
    public SwitchParameter Check { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<ParameterConflict> Conflicts => [new(nameof(Check), [nameof(Push), nameof(NoCache)])];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _ssh = [.. Ssh.Select(key => key.Split('=', 2) is [var id, var path] ? $"{id}={ResolvePath(path)}" : key)];
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        // Naming a service enables its Compose profiles.
        ComposeProject project = LoadProject(output, token, Service);
        var choices = new BuildChoices
        {
            Arguments = BuildArg.Cast<DictionaryEntry>().ToDictionary(
                entry => PipedInput.Text(entry.Key), entry => entry.Value is null ? null : PipedInput.Text(entry.Value), StringComparer.Ordinal),
            NoCache = NoCache,
            NoCacheStages = NoCacheFilter,
            Pull = Pull == LabPullPolicy.Always,
            Platforms = Platform,
            Builder = Builder,
            Provenance = Provenance,
            Sbom = Sbom,
            Ssh = _ssh,
            Push = Push,
        };
        IReadOnlyList<string> services = WithDependency ? ServiceBuilds.WithDependencies(project, Service) : Service;
        BuildSpec[] builds = [.. ServiceBuilds.Of(project, services, BuildxPlugin.Find(Selection.Environment)).Select(build => choices.Apply(build, project))];
        if (Check)
        {
            await CheckAsync(project, builds, output, token).ConfigureAwait(false);
            return;
        }

        var wanted = new List<BuildSpec>();
        foreach (BuildSpec build in builds)
        {
            if (await output.ShouldProcessAsync($"Build {build.Names[0]} for service {build.Service}", $"Build {build.Names[0]}?", "Build-LabImage").ConfigureAwait(false))
            {
                wanted.Add(build);
            }
        }

        if (wanted.Count == 0)
        {
            output.Verbose($"Nothing to build in project {project.Name}.");
            return;
        }

        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        using var board = new ProgressBoard(output, $"Build images of {project.Name}", wanted.Count, TimeProvider.System);
        await foreach ((BuildSpec build, ImageBuildResult result) in ParallelBuilds.RunAsync(session.Images, wanted, board, token).ConfigureAwait(false))
        {
            await output.WriteAsync(ImageBuildObjects.Of(project.Name, build, result)).ConfigureAwait(false);
            if (!result.IsOnEngine && !build.Buildx.Push)
            {
                output.Warning($"The image {build.Names[0]} exists only in the cache of the builder, which cannot load it into the engine. Use -Push to keep it.");
            }
        }

        if (Push)
        {
            await PushAsync(project, wanted, session, board, token).ConfigureAwait(false);
        }
    }

    private async Task CheckAsync(ComposeProject project, IReadOnlyList<BuildSpec> builds, IPipelineOutput output, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        foreach (BuildSpec build in builds)
        {
            foreach (DockerfileWarning warning in await session.Images.CheckAsync(build, token).ConfigureAwait(false))
            {
                await output.WriteAsync(BuildCheckObjects.Of(project.Name, build, warning)).ConfigureAwait(false);
            }
        }
    }

    // The builder itself pushes an image of several platforms, because the engine may not have it.
    private static async Task PushAsync(ComposeProject project, IReadOnlyList<BuildSpec> builds, EngineSession session, ProgressBoard board, CancellationToken token)
    {
        SelectedImage[] images =
        [
            .. builds.Where(build => build.Buildx.Platforms.Count < 2 && BuildChoices.HasOwnName(build, project))
                .SelectMany(build => build.Names.Select(name => new SelectedImage(name, null, [build.Service!]))),
        ];
        await foreach (ImageTransfer pushed in new ImageTransfers(session.Engine, session.Images).PushAsync(images, board, token).ConfigureAwait(false))
        {
            if (pushed.Fault is { } fault)
            {
                throw fault;
            }
        }
    }
}
