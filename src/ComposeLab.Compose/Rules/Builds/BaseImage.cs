namespace ComposeLab.Compose.Rules.Builds;

/// <summary>An image that a stage of a Dockerfile starts from.</summary>
/// <param name="Image">Its name with the build's arguments in it.</param>
/// <param name="Line">The line of the FROM, from 1.</param>
internal sealed record BaseImage(string Image, int Line);
