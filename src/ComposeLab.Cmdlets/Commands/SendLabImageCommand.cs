using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;
using ComposeLab.Engines;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Progress;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Pushes the images that a project builds.</para>
/// <para type="description">Pushes the image of each service that has a build section and an image name, with all tags of build.tags, to its registry, like docker
/// compose push. The credentials of the docker client are used. Images that are not built, or that have no name of their own, are skipped. Each image is written to the
/// pipeline when it is finished. An image that cannot be pushed is an error; the others are pushed anyway.</para>
/// </summary>
/// <example>
/// <summary><para>Builds the images of another project and pushes them.</para></summary>
/// <code>Build-LabImage -Path ./shop; Send-LabImage -Path ./shop</code>
/// </example>
/// <example>
/// <summary><para>Shows what would be pushed.</para></summary>
/// <code run="true">Send-LabImage -Profile Prod -WhatIf</code>
/// </example>
[Cmdlet(VerbsCommunications.Send, "LabImage", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabImageTransfer))]
public sealed class SendLabImageCommand : LabEngineCmdlet
{
    /// <summary><para type="description">The services whose images are pushed. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Also pushes the images of the services that the named services depend on.</para></summary>
    [Parameter]
    public SwitchParameter IncludeDependency { get; set; }

    /// <summary><para type="description">Writes a warning instead of an error for each image that cannot be pushed.</para></summary>
    [Parameter]
    public SwitchParameter IgnoreFailure { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = LoadProject(output, token, Service);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        IReadOnlyList<SelectedImage> selected = await ImageTransferOutput.ConfirmAsync(
            PullSelection.ToPush(project, Service, IncludeDependency), "Push", output).ConfigureAwait(false);
        using var board = new ProgressBoard(output, $"Push images of {project.Name}", selected.Count, TimeProvider.System);
        await new ImageTransferOutput(output, project.Name, IgnoreFailure, Typed)
            .WriteAsync(new ImageTransfers(session.Engine, session.Images).PushAsync(selected, board, token), LabTransferResult.Pushed).ConfigureAwait(false);
    }
}
