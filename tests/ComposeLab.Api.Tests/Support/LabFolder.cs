using System.Runtime.CompilerServices;

namespace ComposeLab.Api.Tests.Support;

/// <summary>A copy of the lab's files in a separate folder, with unique values. Only an image name is overridden.</summary>
internal sealed class LabFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-api-");

    private LabFolder(string profile) => Profile = profile;

    /// <summary>The password of this lab's database. The signs in it would break a URL that they stood in.</summary>
    public string Password { get; } = $"p@ss/{Guid.NewGuid():N}";

    /// <summary>The lab profile, <c>dev</c> or <c>prod</c>.</summary>
    public string Profile { get; }

    /// <summary>The project's name.</summary>
    public string Project { get; } = $"apitest-{Guid.NewGuid():N}"[..16];

    /// <summary>The image that the lab's API is built as.</summary>
    public string Image => $"{Project}/api:{Profile}";

    /// <summary>The API's source in this copy.</summary>
    public string Source => Path.Combine(_folder.FullName, "src", "ComposeLab.Api");

    /// <summary>The folder with the Compose files.</summary>
    public string ComposeFolder => Path.Combine(_folder.FullName, "compose");

    /// <summary>The files that <c>-Profile</c> would choose, and the image's name.</summary>
    public IReadOnlyList<string> Files => ["compose.yaml", $"compose.{Profile}.yaml", "image.yaml"];

    /// <summary>The repository that this test was compiled from.</summary>
    /// <param name="thisFile">Filled in by the compiler.</param>
    public static string Repository([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    /// <summary>Copies the lab's files.</summary>
    /// <param name="profile">The lab profile.</param>
    public static LabFolder Copy(string profile)
    {
        var lab = new LabFolder(profile);
        var repository = Repository();
        foreach (var file in (string[])["Dockerfile", ".dockerignore", .. ComposeFiles(repository), .. SourceFiles(repository)])
        {
            var copy = Path.Combine(lab._folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(repository, file), copy);

            // dotnet watch compiles the mounted source again if it is newer than an image from the cache.
            File.SetLastWriteTimeUtc(copy, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        File.WriteAllText(Path.Combine(lab.ComposeFolder, "image.yaml"), $"services: {{ api: {{ image: '{lab.Image}' }} }}\n");
        File.WriteAllText(Path.Combine(lab.ComposeFolder, "password"), lab.Password);
        return lab;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<string> ComposeFiles(string repository) =>
        Directory.EnumerateFiles(Path.Combine(repository, "compose"), "*.yaml").Select(file => Path.GetRelativePath(repository, file));

    private static IEnumerable<string> SourceFiles(string repository) =>
        Directory.EnumerateFiles(Path.Combine(repository, "src", "ComposeLab.Api"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(repository, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
