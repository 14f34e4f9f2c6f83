using ComposeLab.Engine.Images;
using ComposeLab.Errors;
using ComposeLab.Pipeline;

namespace ComposeLab.Images;

/// <summary>Writes pulls and pushes to the pipeline.</summary>
/// <param name="output">The pipeline.</param>
/// <param name="projectName">The project.</param>
/// <param name="ignoreFailure">Whether a failure is a warning.</param>
/// <param name="typed">Writes a command with the parameters of the current project.</param>
internal sealed class ImageTransferOutput(IPipelineOutput output, string projectName, bool ignoreFailure, Func<string, string> typed)
{
    private readonly List<SelectedImage> _failed = [];

    /// <summary>The images whose transfer failed so far.</summary>
    public IReadOnlyList<SelectedImage> Failed => _failed;

    /// <summary>Asks whether to transfer each image.</summary>
    /// <param name="selected">The selected images.</param>
    /// <param name="verb">What happens to them, such as <c>Pull</c>.</param>
    /// <param name="output">The pipeline.</param>
    /// <returns>Those that are skipped anyway, and those the user agreed to.</returns>
    public static async Task<IReadOnlyList<SelectedImage>> ConfirmAsync(IReadOnlyList<SelectedImage> selected, string verb, IPipelineOutput output)
    {
        var confirmed = new List<SelectedImage>();
        foreach (SelectedImage image in selected)
        {
            string services = string.Join(", ", image.Services);
            if (image.Skipped is not null
                || await output.ShouldProcessAsync($"{verb} {image.Image} for {services}", $"{verb} {image.Image}?", $"{verb} images").ConfigureAwait(false))
            {
                confirmed.Add(image);
            }
        }

        return confirmed;
    }

    /// <summary>Writes transfers as they finish. A failed one is an error, or a warning if failures are ignored.</summary>
    /// <param name="transfers">The transfers.</param>
    /// <param name="done">The result of one that succeeded.</param>
    /// <returns>Completes after the last one.</returns>
    public async Task WriteAsync(IAsyncEnumerable<ImageTransfer> transfers, LabTransferResult done)
    {
        await foreach (ImageTransfer transfer in transfers.ConfigureAwait(false))
        {
            await output.WriteAsync(ImageObjects.Of(projectName, transfer, done)).ConfigureAwait(false);
            if (transfer.Fault is not { } fault)
            {
                continue;
            }

            _failed.Add(transfer.Image);
            if (ignoreFailure)
            {
                output.Warning(EngineFaultText.Of(fault));
            }
            else
            {
                await output.WriteErrorAsync(ErrorRecords.From(fault, typed)).ConfigureAwait(false);
            }
        }
    }
}
