using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Caching;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Progress;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Measures how well a Dockerfile uses the build cache when code or dependencies change.</para>
/// <para type="description">Builds a temporary copy of the build context, then builds it again unchanged, with a changed code file, and with a changed dependency
/// file. Writes one object for each build: which steps came from the cache, which ran, for how long, and why. A change is a comment or white space at the end of the
/// file, so the build still succeeds. Your files and images are not changed. The images of the measurement are removed; their steps are kept in the engine's build
/// cache. This can take as long as three full builds.</para>
/// </summary>
/// <example>
/// <summary><para>Measures the image that Prod of the bundled lab uses.</para></summary>
/// <code>Measure-LabBuildCache -Profile Prod</code>
/// </example>
/// <example>
/// <summary><para>Measures any Dockerfile and shows each step that ran because code changed, with the reason.</para></summary>
/// <code>(Measure-LabBuildCache -Dockerfile ./Dockerfile -CodePath src/app.py -DependencyPath requirements.txt)[1].Steps</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "LabBuildCache", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabCacheResult))]
public sealed class MeasureLabBuildCacheCommand : LabEngineCmdlet
{
    private const string ByDockerfile = "Dockerfile";
    private string? _dockerfile;
    private string? _context;

    /// <summary><para type="description">The services to measure. Default: every service with a build section.</para></summary>
    [Parameter(Position = 0, ParameterSetName = "Path")]
    [Parameter(Position = 0, ParameterSetName = "File")]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">A Dockerfile that is not part of a Compose project.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = ByDockerfile)]
    [ValidateNotNullOrEmpty]
    public string? Dockerfile { get; set; }

    /// <summary><para type="description">The build context of -Dockerfile. Default: the folder of the Dockerfile.</para></summary>
    [Parameter(ParameterSetName = ByDockerfile)]
    [ValidateNotNullOrEmpty]
    public string? BuildContext { get; set; }

    /// <summary><para type="description">The stage of -Dockerfile to build. Default: the last.</para></summary>
    [Parameter(ParameterSetName = ByDockerfile)]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary><para type="description">Build arguments for -Dockerfile, by name.</para></summary>
    [Parameter(ParameterSetName = ByDockerfile)]
    [Table]
    [ValidateNotNull]
    public Hashtable BuildArgument { get; set; } = [];

    /// <summary><para type="description">The code file to change, relative to the build context, or a folder that contains one. Default: the most likely file by its
    /// name.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CodePath { get; set; }

    /// <summary><para type="description">The dependency file to change, relative to the build context, or a folder that contains one. Default: the most likely file
    /// by its name.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DependencyPath { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _dockerfile = Dockerfile is null ? null : ResolvePath(Dockerfile);
        _context = BuildContext is null ? System.IO.Path.GetDirectoryName(_dockerfile) : ResolvePath(BuildContext);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        var wanted = new List<BuildSpec>();
        ComposeProject? project = _dockerfile is null ? LoadProject(output, token) : null;
        foreach (BuildSpec build in Builds(project))
        {
            string what = build.Service is { } service ? $"the image of service {service}" : build.Dockerfile;
            if (await output.ShouldProcessAsync($"Build a copy of {what} four times", $"Build a copy of {what} four times?", "Measure-LabBuildCache").ConfigureAwait(false))
            {
                wanted.Add(build);
            }
        }

        if (wanted.Count == 0)
        {
            return;
        }

        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        var measurement = new CacheMeasurement(session.Engine, session.Images);
        foreach (BuildSpec build in wanted)
        {
            using var board = new ProgressBoard(output, $"Measure the build cache of {build.Service ?? build.Dockerfile}", CacheMeasurement.Builds, TimeProvider.System);
            var request = new CacheRequest { Build = build, CodePath = CodePath, DependencyPath = DependencyPath };
            IReadOnlyList<CacheOutcome> outcomes = await measurement.RunAsync(request, board, token).ConfigureAwait(false);
            foreach (LabCacheResult result in CacheObjects.Of(project?.Name ?? "", build.Service ?? "", outcomes))
            {
                await output.WriteAsync(result).ConfigureAwait(false);
            }
        }
    }

    private IReadOnlyList<BuildSpec> Builds(ComposeProject? project)
    {
        if (project is not null)
        {
            IReadOnlyList<BuildSpec> builds = ServiceBuilds.Of(project, Service);
            return builds.Count > 0 ? builds : throw new LabException(
                LabErrorId.ImageBuildFailed, $"Project '{project.Name}' has no service with a build section.",
                "Measure a separate Dockerfile: Measure-LabBuildCache -Dockerfile ./Dockerfile", project.Name);
        }

        return
        [
            new BuildSpec
            {
                Context = _context!,
                Dockerfile = System.IO.Path.GetRelativePath(_context!, _dockerfile!) is var inside && !inside.StartsWith("..", StringComparison.Ordinal) ? inside : _dockerfile!,
                Target = Target,
                Arguments = BuildArgument.Cast<DictionaryEntry>().ToDictionary(pair => Text(pair.Key), pair => (string?)Text(pair.Value), StringComparer.Ordinal),
            },
        ];
    }

    private static string Text(object? value) => Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture) ?? "";
}
