using System.Management.Automation;
using ComposeLab.Engine;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Removes the images of a stack that no container uses.</para>
/// <para type="description">Removes the images of the project's services, and those that were built for it earlier and have lost their name, if no container of any
/// stack uses them. Images in use are kept: the verbose stream names the containers, and an image that was named without wildcards is the error ResourceInUse. Prompts
/// before the images are removed.</para>
/// </summary>
/// <example>
/// <summary><para>Shows which images of the bundled lab nothing uses.</para></summary>
/// <code run="true">Remove-LabImage -WhatIf</code>
/// </example>
/// <example>
/// <summary><para>Removes the unused images of another project without a prompt.</para></summary>
/// <code>Remove-LabImage -Path ./shop -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsCommon.Remove, "LabImage", DefaultParameterSetName = "Path", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(LabImage))]
public sealed class RemoveLabImageCommand : LabImageCmdlet
{
    /// <summary><para type="description">Writes each image that was removed. By default nothing is written.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        var listing = new StackImageListing(session, Selection, token);
        IReadOnlyList<LabImage> images = await listing.ReadAsync(selection => selection.IsOnlyNamed ? null : LoadProject(output, token)).ConfigureAwait(false);
        var names = new NamePatterns(Name);
        foreach (LabImage image in images.Where(image => NamesOf(image).Any(names.Match)))
        {
            if (image.UsedBy.Count > 0)
            {
                await KeepAsync(image, output).ConfigureAwait(false);
            }
            else if (await output.ShouldProcessAsync($"Remove image {Shown(image)}", $"Remove image {Shown(image)}?", $"Remove images of {listing.ProjectName}").ConfigureAwait(false))
            {
                await RemoveAsync(session, image, output, token).ConfigureAwait(false);
            }
        }

        foreach (string name in names.Unmatched(images.SelectMany(NamesOf)))
        {
            await output.WriteErrorAsync(ErrorRecords.From(Missing(name, listing))).ConfigureAwait(false);
        }
    }

    // An image without a name is shown as in the table of Get-LabImage.
    private static string Shown(LabImage image) => image.Image.StartsWith("sha256:", StringComparison.Ordinal) ? image.Image[7..19] : image.Image;

    private async Task KeepAsync(LabImage image, IPipelineOutput output)
    {
        string users = string.Join(", ", image.UsedBy);
        if (NamesOf(image).Any(own => Name.Contains(own, StringComparer.OrdinalIgnoreCase)))
        {
            var used = new LabException(LabErrorId.ResourceInUse, $"Image '{image.Image}' is used by {users}.", "Remove these containers first", image.Image);
            await output.WriteErrorAsync(ErrorRecords.From(used)).ConfigureAwait(false);
            return;
        }

        output.Verbose($"{image.Image} is kept: {users} uses it.");
    }

    private async Task RemoveAsync(EngineSession session, LabImage image, IPipelineOutput output, CancellationToken token)
    {
        try
        {
            // Only this name: the image may have another one that belongs to somebody else.
            await session.Engine.RemoveImageAsync(image.Image, force: false, token).ConfigureAwait(false);
            output.Verbose($"Removed image {image.Image}.");
            if (PassThru)
            {
                await output.WriteAsync(image).ConfigureAwait(false);
            }
        }
        catch (EngineException fault) when (fault.StatusCode is not null)
        {
            await output.WriteErrorAsync(ErrorRecords.From(fault, Typed)).ConfigureAwait(false);
        }
    }
}
