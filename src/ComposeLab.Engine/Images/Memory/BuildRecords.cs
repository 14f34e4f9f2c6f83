using System.Text.Json;

namespace ComposeLab.Engine.Images.Memory;

/// <summary>
/// Remembered builds in a folder, one small file for each image, so that builds beside each other never write the same text. Everything in it can be deleted at any
/// time; what cannot be read counts as not there.
/// </summary>
/// <param name="folder">The absolute folder; it need not exist.</param>
internal sealed class BuildRecords(string folder)
{
    private const int MostRecords = 200;
    private const int MostBytes = 256 * 1024;
    private const string Extension = ".json";
    private const string HalfWritten = ".new";
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads a record.</summary>
    /// <param name="key">Its key; see <see cref="BuildOptions.Key"/>.</param>
    /// <returns>The record; null where there is none that can be read.</returns>
    public RememberedBuild? Read(string key)
    {
        try
        {
            var file = new FileInfo(Of(key));
            return file is { Exists: true, Length: <= MostBytes }
                ? JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), RememberedBuildJson.Default.RememberedBuild)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a record, whole or not at all.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="record">The record.</param>
    /// <returns>Why it could not be written; null when it was.</returns>
    public string? Write(string key, RememberedBuild record)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(record, RememberedBuildJson.Default.RememberedBuild);
        string target = Of(key);
        string half = $"{target}.{Guid.NewGuid():N}{HalfWritten}";
        try
        {
            if (text.Length > MostBytes)
            {
                File.Delete(target);
                return "the build has too many steps";
            }

            MakeFolder();
            using (var file = new FileStream(half, Options()))
            {
                file.Write(text);
            }

            File.Move(half, target, overwrite: true);
            Forget();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Delete(half);
            return fault.Message;
        }
    }

    /// <summary>Drops a record.</summary>
    /// <param name="key">Its key.</param>
    public void Drop(string key) => Delete(Of(key));

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return options;
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It costs some bytes, and whoever reads it checks it anyway.
        }
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnFile | UnixFileMode.UserExecute);
        }
    }

    // The oldest records go, and what a process left half written when it was killed.
    private void Forget()
    {
        var files = new DirectoryInfo(folder).GetFiles();
        DateTime stale = DateTime.UtcNow.AddHours(-1);
        foreach (FileInfo file in files.Where(file => file.Extension == Extension).OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostRecords)
            .Concat(files.Where(file => file.Extension == HalfWritten && file.LastWriteTimeUtc < stale)))
        {
            Delete(file.FullName);
        }
    }

    private string Of(string key) => Path.Combine(folder, key + Extension);
}
