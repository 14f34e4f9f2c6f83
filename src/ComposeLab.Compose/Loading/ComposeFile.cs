namespace ComposeLab.Compose.Loading;

/// <summary>A Compose file.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Display">Its path as people should see it: as they gave it.</param>
internal sealed record ComposeFile(string Path, string Display)
{
    /// <summary>The directory of the file (absolute).</summary>
    public string Directory => System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } directory ? directory : "/";
}
