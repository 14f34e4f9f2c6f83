using ComposeLab.Engine.Images.Sizes;

namespace ComposeLab.Images;

/// <summary>The image of a service with a lab profile.</summary>
/// <param name="ProjectName">The project's name.</param>
/// <param name="Profile">The lab profile; empty for the base file alone.</param>
/// <param name="Service">The service.</param>
/// <param name="Image">The image's name.</param>
/// <param name="Measure">Its measurements; null if it does not exist on the engine.</param>
internal sealed record ProfileImage(string ProjectName, string Profile, string Service, string Image, ImageMeasure? Measure);
