using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Sizes;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Images;

/// <summary>Reads the images of the selected stack.</summary>
/// <param name="session">The engine.</param>
/// <param name="selection">The stack.</param>
/// <param name="token">Cancels it.</param>
internal sealed class StackImageListing(EngineSession session, ProjectSelection selection, CancellationToken token)
{
    private readonly ImageSizes _sizes = new(session.Engine);

    /// <summary>The name of the stack.</summary>
    public string ProjectName { get; private set; } = "";

    /// <summary>Reads the images.</summary>
    /// <param name="load">Loads the project; returns null if only the name of the stack is known.</param>
    /// <returns>The images by name.</returns>
    public async Task<IReadOnlyList<LabImage>> ReadAsync(Func<ProjectSelection, ComposeProject?> load)
    {
        ComposeProject? project = load(selection);
        ProjectName = project?.Name ?? ProjectLoading.NameOf(selection, token);
        Task<IReadOnlyList<ImageSummary>> images = session.Engine.ListImagesAsync([], token);
        IReadOnlyList<ContainerSummary> containers = await session.Engine.ListContainersAsync([], token).ConfigureAwait(false);
        LabImage?[] found = await Task.WhenAll(StackImages.Of(ProjectName, project, await images.ConfigureAwait(false), containers).Select(ReadAsync)).ConfigureAwait(false);
        return [.. found.OfType<LabImage>()];
    }

    /// <summary>The error of a stack that does not exist.</summary>
    /// <returns>The error; null if the stack exists.</returns>
    public Task<LabException?> MissingAsync() => StackTarget.MissingAsync(ProjectName, session.Stacks, token);

    private async Task<LabImage?> ReadAsync(StackImage image) => await session.Engine.InspectImageAsync(image.Id, token).ConfigureAwait(false) is { } details
        ? ImageObjects.Of(ProjectName, image, details, await _sizes.MeasureSpaceAsync(details, token).ConfigureAwait(false))
        : null;
}
