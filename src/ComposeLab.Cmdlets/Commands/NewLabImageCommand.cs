using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Creates an image from a container of a service.</para>
/// <para type="description">The image has the files of the container, running or not, without its volumes, and the settings of the container. The container is paused
/// meanwhile. An image that a Dockerfile describes can be built again; use this for evidence and for experiments.</para>
/// </summary>
/// <example>
/// <summary><para>Keeps the state of a broken container for later analysis.</para></summary>
/// <code>New-LabImage api shop/api:broken -ProjectName shop -Comment 'before the restart'</code>
/// </example>
/// <example>
/// <summary><para>Creates an image from the second container, with a changed setting.</para></summary>
/// <code>New-LabImage worker shop/worker:debug -ProjectName shop -Number 2 -Change 'ENV LEVEL=debug'</code>
/// </example>
[Cmdlet(VerbsCommon.New, "LabImage", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabContainerImage))]
public sealed class NewLabImageCommand : LabContainerCmdlet
{
    /// <summary><para type="description">The name of the image, as repository[:tag]. An existing image loses this name.</para></summary>
    [Parameter(Position = 1, Mandatory = true)]
    [Form(ImageName.Pattern, "an image name in lowercase, such as shop/db or registry.example.test:5000/shop/db:1")]
    public string Name { get; set; } = "";

    /// <summary><para type="description">A message for the history of the image.</para></summary>
    [Parameter]
    [Alias("Message")]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary><para type="description">The author of the image.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Author { get; set; }

    /// <summary><para type="description">Dockerfile instructions that change the settings of the image, such as 'ENV DEBUG=true' or 'CMD ["sh"]'.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Change { get; set; } = [];

    /// <summary><para type="description">Does not pause the container. Files that change meanwhile can be incomplete in the image.</para></summary>
    [Parameter]
    public SwitchParameter NoPause { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        LocatedContainer found = await FindContainerAsync(session, token, anyState: true).ConfigureAwait(false);
        ObservedContainer container = found.Container;
        if (!await output.ShouldProcessAsync($"Create image {Name} from {container.Name}", $"Create image {Name} from {container.Name}?", "New-LabImage").ConfigureAwait(false))
        {
            return;
        }

        var spec = new CommitSpec(Name) { Comment = Comment, Author = Author, Changes = Change, Pause = !NoPause };
        string id = await found.Engine.CommitContainerAsync(container.Id, spec, token).ConfigureAwait(false);
        ImageDetails? image = await found.Engine.InspectImageAsync(id, token).ConfigureAwait(false);
        await output.WriteAsync(new LabContainerImage
        {
            ProjectName = container.Project,
            Service = container.Service,
            Container = container.Name,
            Image = Name,
            ImageId = id,
            Size = image?.Size ?? 0,
        }).ConfigureAwait(false);
    }
}
