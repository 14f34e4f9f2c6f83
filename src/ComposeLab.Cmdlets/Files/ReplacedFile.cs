using ComposeLab.Errors;

namespace ComposeLab.Files;

/// <summary>A file that is written under a temporary name in the same folder and renamed when it is complete. Until then an existing file is unchanged.</summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string _beside;
    private readonly FileStream _stream;
    private bool _isKept;

    /// <summary>Starts to write.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="isPrivate">Whether only the owner may read it, if the system supports modes.</param>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public ReplacedFile(string path, bool isPrivate = false)
    {
        Path = path;
        _beside = $"{path}.{System.IO.Path.GetRandomFileName()}";
        _stream = Guarded(() => Directory.Exists(path)
            ? throw new IOException("it is a folder")
            : new FileStream(_beside, Options(isPrivate)));
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Receives the bytes.</summary>
    public Stream Stream => _stream;

    /// <summary>Writes all bytes, so that there is room for them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public void Write(byte[] bytes) => Guarded(() =>
    {
        _stream.Write(bytes);
        _stream.Flush();
        return true;
    });

    /// <summary>Puts the file in place.</summary>
    /// <exception cref="LabException">FileUnwritable.</exception>
    public void Keep() => Guarded(() =>
    {
        _stream.Dispose();
        File.Move(_beside, Path, overwrite: true);
        return _isKept = true;
    });

    /// <summary>Removes the temporary file, unless it was put in place.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException) when (!_isKept)
        {
            // The last bytes do not fit on a full disk either. They are not needed.
        }

        if (!_isKept)
        {
            File.Delete(_beside);
        }
    }

    private static FileStreamOptions Options(bool isPrivate)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = PrivateFile.OwnerOnly;
        }

        return options;
    }

    private T Guarded<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw PrivateFile.Unwritable(Path, fault);
        }
    }
}
