namespace ComposeLab.Engine.Images.Context;

/// <summary>One thing of a build context that goes to the engine.</summary>
/// <param name="Path">Relative to the context, with forward slashes.</param>
/// <param name="Info">The file, directory or link.</param>
internal sealed record ContextEntry(string Path, FileSystemInfo Info);
