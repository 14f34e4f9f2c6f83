using ComposeLab.Errors;

namespace ComposeLab.Files;

/// <summary>A file that is written beside its name and put in place when it is complete; until then what stood there is as it was.</summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string _beside;
    private readonly FileStream _stream;
    private bool _isKept;

    /// <summary>Begins to write.</summary>
    /// <param name="path">The file's full path.</param>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public ReplacedFile(string path)
    {
        Path = path;
        _beside = $"{path}.{System.IO.Path.GetRandomFileName()}";
        _stream = Guarded(() => Directory.Exists(path)
            ? throw new IOException("it is a folder")
            : new FileStream(_beside, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Gets the bytes.</summary>
    public Stream Stream => _stream;

    /// <summary>Puts the file in place.</summary>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public void Keep() => Guarded(() =>
    {
        _stream.Dispose();
        File.Move(_beside, Path, overwrite: true);
        return _isKept = true;
    });

    /// <summary>Removes what was written, unless it was put in place.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_isKept)
        {
            File.Delete(_beside);
        }
    }

    private T Guarded<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new LabException(LabErrorId.FileUnwritable, $"The file {Path} cannot be written: {fault.Message}", "Give another path", Path, fault);
        }
    }
}
