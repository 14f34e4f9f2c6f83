using System.Diagnostics;

namespace ComposeLab.Api.Tests.Support;

/// <summary>
/// A copy of the scripts that provide the base images, run with a docker program that prints what a test needs: whether a real registry
/// answers, a test cannot choose.
/// </summary>
internal sealed class BaseImages : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-images-");

    /// <summary>Copies the scripts; there is no registry and no image.</summary>
    public BaseImages()
    {
        var repository = LabFolder.Repository();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(repository, "compose", "base-images"), "*.sh")
            .Append(Path.Combine(repository, "compose", "compose.yaml"))
            .Append(Path.Combine(repository, "Dockerfile")))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(repository, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        // A builder that is called leaves its name, instead of an image.
        foreach (var builder in (string[])["postgres", "runtime-deps", "sdk", "sdk-aot"])
        {
            WriteScript(Path.Combine("compose", "base-images", $"{builder}.sh"), $"echo \"$1\" >>\"{_folder.FullName}/built\"");
        }

        WriteScript("docker", $$"""
            case "$1" in
            version) ;;
            image) for name; do :; done; grep -qx "$name" "{{_folder.FullName}}/images" && echo "${RECIPE:-99}" ;;
            pull) echo "$2" >>"{{_folder.FullName}}/pulled"; [ -n "$REGISTRY" ] && echo "tag: Pulling from $2" ;;
            *) exit 2 ;;
            esac
            """);
        File.WriteAllText(Path.Combine(_folder.FullName, "images"), "");
        Env = File.ReadAllText(Path.Combine(repository, "compose", ".env.example"));
    }

    /// <summary>The text of <c>compose/.env</c>.</summary>
    public string Env
    {
        get => File.ReadAllText(EnvFile);
        set => File.WriteAllText(EnvFile, value);
    }

    /// <summary>The tags that were built, in order.</summary>
    public IReadOnlyList<string> Built => Lines("built");

    /// <summary>The images requested from a registry, in order.</summary>
    public IReadOnlyList<string> Asked => Lines("pulled");

    private string EnvFile => Path.Combine(_folder.FullName, "compose", ".env");

    /// <summary>Lets the engine have images.</summary>
    /// <param name="names">Their names.</param>
    public void Have(params string[] names) => File.AppendAllLines(Path.Combine(_folder.FullName, "images"), names);

    /// <summary>Runs <c>ensure.sh</c>.</summary>
    /// <param name="environment">Variables as <c>NAME=value</c>: <c>REGISTRY=yes</c> for one that answers, <c>RECIPE</c> for the substitutes' number.</param>
    /// <returns>The exit code and the output.</returns>
    public (int Code, string Said) Ensure(params string[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(_folder.FullName, "compose", "base-images", "ensure.sh"))
        {
            RedirectStandardError = true,
            Environment = { ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}", ["TMPDIR"] = _folder.FullName, ["REGISTRY"] = "" },
        };
        foreach (var name in start.Environment.Keys.Where(name => name.EndsWith("_IMAGE", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var pair in environment.Select(variable => variable.Split('=', 2)))
        {
            start.Environment[pair[0]] = pair[1];
        }

        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private string[] Lines(string file)
    {
        var path = Path.Combine(_folder.FullName, file);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private void WriteScript(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
