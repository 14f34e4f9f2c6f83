namespace ComposeLab.Engine.Docker;

/// <summary>The settings of an image that is created from a container.</summary>
/// <param name="Name">The image's name as <c>repository[:tag]</c>.</param>
public sealed record CommitSpec(string Name)
{
    /// <summary>A message for the history of the image.</summary>
    public string? Comment { get; init; }

    /// <summary>The author.</summary>
    public string? Author { get; init; }

    /// <summary>Dockerfile instructions that change the settings, such as <c>ENV DEBUG=true</c>.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Whether the container is paused meanwhile, so that its files do not change.</summary>
    public bool Pause { get; init; } = true;
}
