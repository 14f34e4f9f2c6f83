namespace ComposeLab.Engine.Tests.Images.Context;

/// <summary>A temporary folder, deleted with this.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Its absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("composelab-test-").FullName;

    /// <summary>Writes a file and the folders above it.</summary>
    /// <param name="name">Relative to the folder.</param>
    /// <param name="text">Its content.</param>
    /// <returns>Its absolute path.</returns>
    public string Write(string name, string text = "x")
    {
        string file = Of(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>The absolute path of something in the folder.</summary>
    /// <param name="name">Relative to the folder.</param>
    public string Of(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
