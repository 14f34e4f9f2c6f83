using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>
/// The reference's answers for many projects, kept outside the repository because most of the inputs are other people's.
/// <c>COMPOSELAB_CORPUS</c> names the archive of the projects; without it a folder <c>shared</c> next to the repository is tried. The answers of the newest
/// release, and the projects that an earlier version of ComposeLab read wrong, are in archives next to it.
/// </summary>
internal static class Corpus
{
    /// <summary>The archive; null if there is none.</summary>
    public static string? Archive { get; } = Find();

    /// <summary>An archive next to that of the projects.</summary>
    /// <param name="name">Its file name.</param>
    public static string Beside(string name) => Path.Combine(Path.GetDirectoryName(Archive)!, name);

    /// <summary>Unpacks every case below a folder.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">An existing folder.</param>
    public static void Unpack(string archive, string folder)
    {
        using var packed = File.OpenRead(archive);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unpacked, folder, overwriteFiles: true);
    }

    /// <summary>The compose files of the cases, as texts.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="largest">Larger ones are left out, in bytes.</param>
    public static IEnumerable<string> Texts(string archive, int largest)
    {
        using var packed = File.OpenRead(archive);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var files = new TarReader(unpacked);
        while (files.GetNextEntry() is { } file)
        {
            if (file.Name.Contains("/in/", StringComparison.Ordinal) && file.Name.EndsWith(".yaml", StringComparison.Ordinal) && file is { DataStream: { } data, Length: > 0 } && file.Length < largest)
            {
                yield return new StreamReader(data).ReadToEnd();
            }
        }
    }

    private static string? Find([CallerFilePath] string thisFile = "")
    {
        var named = System.Environment.GetEnvironmentVariable("COMPOSELAB_CORPUS");
        if (!string.IsNullOrEmpty(named))
        {
            return named;
        }

        var folder = new FileInfo(thisFile).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ComposeLab.slnx")))
        {
            folder = folder.Parent;
        }

        var beside = folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "conformance", "corpus.tar.gz") : null;
        return File.Exists(beside) ? beside : null;
    }
}
