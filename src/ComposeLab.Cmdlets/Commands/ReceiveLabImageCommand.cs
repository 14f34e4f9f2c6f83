using System.Collections.Concurrent;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Progress;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Pulls the images of a project.</para>
/// <para type="description">Pulls the image of each service from its registry, with the credentials of the docker client, like docker compose pull. An image is pulled
/// even if it exists, unless the pull policy of its service is missing (then only the tag latest is checked), never or build. Images that are only built are skipped.
/// Containers are not changed: Start-LabStack recreates those whose image is new. Each image is written to the pipeline when it is finished. An image that cannot be
/// pulled is an error; the others are pulled anyway.</para>
/// </summary>
/// <example>
/// <summary><para>Pulls the images of another project and shows which ones are new.</para></summary>
/// <code>Receive-LabImage -Path ./shop | Where-Object IsChanged</code>
/// </example>
/// <example>
/// <summary><para>Pulls the images that one service and its dependencies need, if they do not exist.</para></summary>
/// <code>Receive-LabImage web -Path ./shop -IncludeDependency -Policy Missing</code>
/// </example>
/// <example>
/// <summary><para>Shows what would be pulled.</para></summary>
/// <code run="true">Receive-LabImage -Profile Prod -WhatIf</code>
/// </example>
[Cmdlet(VerbsCommunications.Receive, "LabImage", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabImageTransfer))]
public sealed class ReceiveLabImageCommand : LabEngineCmdlet
{
    private LabPullPolicy? _policy;

    /// <summary><para type="description">The services whose images are pulled. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Also pulls the images of the services that the named services depend on.</para></summary>
    [Parameter]
    public SwitchParameter IncludeDependency { get; set; }

    /// <summary><para type="description">Overrides the pull policy of the services. Missing: only images that do not exist, and the tag latest. Always: all
    /// images.</para></summary>
    [Parameter]
    [ValidateSet(nameof(LabPullPolicy.Missing), nameof(LabPullPolicy.Always))]
    [OneValue]
    public LabPullPolicy Policy { get; set; }

    /// <summary><para type="description">Skips images that a service can build.</para></summary>
    [Parameter]
    public SwitchParameter IgnoreBuildable { get; set; }

    /// <summary><para type="description">Writes a warning instead of an error for each image that cannot be pulled.</para></summary>
    [Parameter]
    public SwitchParameter IgnoreFailure { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _policy = IsGiven(nameof(Policy)) ? Policy : null;
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = LoadProject(output, token, Service);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        IReadOnlySet<string> existing = await ExistingAsync(session.Engine, project, token).ConfigureAwait(false);
        IReadOnlyList<SelectedImage> selected = PullSelection.ToPull(
            project,
            new PullSelectionOptions
            {
                Services = Service,
                Dependencies = IncludeDependency,
                Policy = _policy switch { LabPullPolicy.Always => "always", LabPullPolicy.Missing => "missing", _ => null },
                IgnoreBuildable = IgnoreBuildable,
            },
            existing.Contains);
        IReadOnlyList<SelectedImage> confirmed = await ImageTransferOutput.ConfirmAsync(selected, "Pull", output).ConfigureAwait(false);
        using var board = new ProgressBoard(output, $"Pull images of {project.Name}", confirmed.Count, TimeProvider.System);
        var writer = new ImageTransferOutput(output, project.Name, IgnoreFailure, Typed);
        await writer.WriteAsync(new ImageTransfers(session.Engine, session.Images).PullAsync(confirmed, board, token), LabTransferResult.Pulled).ConfigureAwait(false);
        if (writer.Failed.SelectMany(image => image.Builders).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } builders)
        {
            output.Warning($"Some images can be built instead: {Typed($"Build-LabImage {string.Join(", ", builders.Select(CommandText.Quote))}")}");
        }
    }

    private static async Task<IReadOnlySet<string>> ExistingAsync(IEngine engine, ComposeProject project, CancellationToken token)
    {
        var existing = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        IEnumerable<string> names = project.Services.Values.SelectMany(service => ServiceNames.Images(project, service)).Distinct(StringComparer.Ordinal);
        await Task.WhenAll(names.Select(async name =>
        {
            if (await engine.InspectImageAsync(name, token).ConfigureAwait(false) is not null)
            {
                existing[name] = true;
            }
        })).ConfigureAwait(false);
        return existing.Keys.ToHashSet(StringComparer.Ordinal);
    }
}
