using System.Formats.Tar;
using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Images;

/// <summary>A project to build, in a separate folder: a megabyte of source that its Dockerfile copies, and a folder that its ignore file leaves out.</summary>
internal sealed class BuildProject : IDisposable
{
    /// <summary>The bytes that are left.</summary>
    public const int Bytes = 1_000_000;

    /// <summary>Writes the project.</summary>
    /// <param name="files">How many files the megabyte is.</param>
    /// <param name="ignoredBytes">The size of the file that the ignore file leaves out; it takes no room on the disk.</param>
    public BuildProject(int files, long ignoredBytes)
    {
        File.WriteAllText(Path.Combine(Folder, "Dockerfile"), "FROM scratch\nCOPY src/ /src/\n");
        File.WriteAllText(Path.Combine(Folder, ".dockerignore"), "data\nDockerfile\n.dockerignore\n");
        string source = Directory.CreateDirectory(Path.Combine(Folder, "src")).FullName;
        for (int file = 0; file < files; file++)
        {
            File.WriteAllText(Path.Combine(source, $"file{file}.txt"), new string((char)('a' + (file % 26)), Bytes / files));
        }

        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Ustar))
        {
            tar.WriteEntry(Path.Combine(Folder, "Dockerfile"), "Dockerfile");
            foreach (string file in Directory.EnumerateFiles(source))
            {
                tar.WriteEntry(file, $"src/{Path.GetFileName(file)}");
            }
        }

        Archive = archive.ToArray();

        string data = Directory.CreateDirectory(Path.Combine(Folder, "data")).FullName;
        using FileStream large = File.Create(Path.Combine(data, "large"));
        large.SetLength(ignoredBytes);
    }

    /// <summary>The project's folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("composelab-bench-").FullName;

    /// <summary>What is sent of it, as a tar archive.</summary>
    public byte[] Archive { get; }

    /// <summary>The name of the image.</summary>
    public string Image { get; } = $"composelab-bench/{Guid.NewGuid():N}:1";

    /// <summary>The peer: docker's own client, the first on PATH that can build with BuildKit; null if none can.</summary>
    public Command? Peer() => (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "docker")).Where(File.Exists)
        .Select(program => new Command(program, ["build", "--quiet", "--tag", Image, Folder], Environment(("DOCKER_BUILDKIT", "1"))))
        .FirstOrDefault(command => command.Outcome().ExitCode == 0);

    /// <summary>Removes the image and the folder.</summary>
    public void Dispose()
    {
        new Command("docker", ["image", "rm", "--force", Image]).Outcome();
        Directory.Delete(Folder, recursive: true);
    }

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] own) =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(pair => ((string)pair.Key, (string)pair.Value!)).Concat(own)
            .GroupBy(pair => pair.Item1, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Last().Item2, StringComparer.Ordinal);
}
