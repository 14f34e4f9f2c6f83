using System.Collections;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;
using ComposeLab.Engines;
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
/// ImageBuildFailed. The error contains the step, its exit code and its last output.</para>
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
[Cmdlet("Build", "LabImage", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabImageBuild))]
public sealed class BuildLabImageCommand : LabEngineCmdlet
{
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
    public LabPullPolicy Pull { get; set; }

    /// <summary><para type="description">Build arguments that override those of the services, such as @{ VERSION = '2.1' }. An argument that is $null has the value of
    /// the project's variable of that name.</para></summary>
    [Parameter]
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

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = LoadProject(output, token);
        var wanted = new List<BuildSpec>();
        foreach (BuildSpec build in ServiceBuilds.Of(project, WithDependency ? ServiceBuilds.WithDependencies(project, Service) : Service))
        {
            if (await output.ShouldProcessAsync($"Build {build.Names[0]} for service {build.Service}", $"Build {build.Names[0]}?", "Build-LabImage").ConfigureAwait(false))
            {
                wanted.Add(build with
                {
                    NoCache = build.NoCache || NoCache,
                    NoCacheStages = [.. build.NoCacheStages.Union(NoCacheFilter, StringComparer.Ordinal)],
                    Pull = build.Pull || Pull == LabPullPolicy.Always,
                    Arguments = Arguments(build, project),
                });
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
        }

        if (Push)
        {
            await PushAsync(project, wanted, session, board, token).ConfigureAwait(false);
        }
    }

    // Like docker compose, images without a name of their own are not pushed.
    private static async Task PushAsync(ComposeProject project, IReadOnlyList<BuildSpec> builds, EngineSession session, ProgressBoard board, CancellationToken token)
    {
        SelectedImage[] images =
        [
            .. builds.Where(build => build.Service is { } name && !string.IsNullOrEmpty((project.Services.GetValueOrDefault(name) ?? project.DisabledServices.GetValueOrDefault(name))?.Image))
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

    private Dictionary<string, string?> Arguments(BuildSpec build, ComposeProject project)
    {
        var arguments = new Dictionary<string, string?>(build.Arguments, StringComparer.Ordinal);
        foreach (DictionaryEntry entry in BuildArg)
        {
            string name = PipedInput.Text(entry.Key);
            arguments[name] = entry.Value is null ? project.Environment.GetValueOrDefault(name) : PipedInput.Text(entry.Value);
        }

        return arguments;
    }
}
