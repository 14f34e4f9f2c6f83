namespace ComposeLab.Compose.Rules.Builds;

/// <summary>What rules want to know of a Dockerfile.</summary>
/// <param name="File">Its absolute path.</param>
/// <param name="BaseImages">The images from outside that the build's stages start from.</param>
/// <param name="FinalImage">The image that the last stage goes back to; null if it starts from nothing.</param>
/// <param name="User">The user that containers run as; null if the file does not say.</param>
/// <param name="HasHealthcheck">Whether the file gives the image a health check.</param>
/// <param name="FinalLine">The line of the last stage's FROM.</param>
internal sealed record Dockerfile(
    string File, IReadOnlyList<BaseImage> BaseImages, string? FinalImage, string? User, bool HasHealthcheck, int FinalLine);

/// <summary>An image that a stage of a Dockerfile starts from.</summary>
/// <param name="Image">Its name with the build's arguments in it.</param>
/// <param name="Line">The line of the FROM, from 1.</param>
internal sealed record BaseImage(string Image, int Line);
