namespace ComposeLab.Engine.Images.Sizes;

/// <summary>One layer of an image.</summary>
/// <param name="Id">The id of its content; equal layers of two images have the same one.</param>
/// <param name="Instruction">The instruction that made it, as a Dockerfile writes it; where none did, the note that the image carries, in parentheses. Secrets are masked.</param>
/// <param name="Size">Its bytes.</param>
public sealed record ImageLayer(string Id, string Instruction, long Size);
