using System.Management.Automation;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Images;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the images of a stack, and who uses them.</para>
/// <para type="description">Writes the images of the stack's containers and of its services, and those that were built for it, each with its digest, platform, size and
/// the containers of all stacks that use it. With -Outdated, compares each image with its registry without pulling, and writes only those of which the registry has another
/// one.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the images of the bundled lab.</para></summary>
/// <code run="true">Get-LabImage</code>
/// </example>
/// <example>
/// <summary><para>Finds the images of another project for which the registry has an update.</para></summary>
/// <code>Get-LabImage -Path ./shop -Outdated</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabImage", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabImage))]
public sealed class GetLabImageCommand : LabImageCmdlet
{
    /// <summary><para type="description">Writes only the images of which the registry has another one than the engine. Images that were never pulled or pushed, and those
    /// pinned to a digest, are left out.</para></summary>
    [Parameter]
    public SwitchParameter Outdated { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        var listing = new StackImageListing(session, Selection, token);
        IReadOnlyList<LabImage> images = await listing.ReadAsync(selection => ProjectOrNull(selection, output, token)).ConfigureAwait(false);
        if (images.Count == 0 && Selection.IsOnlyNamed && await listing.MissingAsync().ConfigureAwait(false) is { } missing)
        {
            await output.WriteErrorAsync(ErrorRecords.From(missing)).ConfigureAwait(false);
            return;
        }

        if (!Outdated)
        {
            await StackResources.WriteAsync(images, NamesOf, Name, name => Missing(name, listing), output).ConfigureAwait(false);
            return;
        }

        var names = new NamePatterns(Name);
        foreach (LabImage image in images.Where(image => NamesOf(image).Any(names.Match) && image.Digest is not null && !ImageName.IsPinned(image.Image)))
        {
            await WriteOutdatedAsync(session.Images, image, output, token).ConfigureAwait(false);
        }
    }

    private ComposeProject? ProjectOrNull(Projects.ProjectSelection selection, IPipelineOutput output, CancellationToken token) =>
        selection.IsOnlyNamed ? null : LoadProject(output, token);

    private async Task WriteOutdatedAsync(EngineImages images, LabImage image, IPipelineOutput output, CancellationToken token)
    {
        try
        {
            string digest = await images.ReadDigestAsync(image.Image, token).ConfigureAwait(false);
            if (digest != image.Digest)
            {
                await output.WriteAsync(ImageObjects.WithRegistryDigest(image, digest)).ConfigureAwait(false);
            }
        }
        catch (EngineException fault) when (fault.Id is EngineErrorId.ImageDigestUnknown or EngineErrorId.ImagePullFailed)
        {
            await output.WriteErrorAsync(ErrorRecords.From(fault, Typed)).ConfigureAwait(false);
        }
    }
}
