using System.Text.Json;
using ComposeLab.Compose.Loading;

namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>One project and what the reference made of it.</summary>
internal sealed class CorpusCase
{
    private readonly string _folder;
    private readonly JsonElement _case;

    private CorpusCase(string folder, JsonElement description)
    {
        _folder = folder;
        _case = description;
    }

    /// <summary>The case's name.</summary>
    public string Name => Path.GetFileName(_folder);

    /// <summary>Whether the reference accepts the project.</summary>
    public bool ExpectsProject => _case.GetProperty("expect").GetString() == "ok";

    /// <summary>What kind of fault the reference finds; empty for accepted projects.</summary>
    public string ErrorClass => _case.GetProperty("error_class").GetString() ?? "";

    /// <summary>Reads a case.</summary>
    /// <param name="folder">The unpacked case.</param>
    public static CorpusCase Read(string folder) =>
        new(folder, JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement);

    /// <summary>An expected answer; null where the reference gave none.</summary>
    /// <param name="file">Its file name.</param>
    public string? Expected(string file)
    {
        var path = Path.Combine(_folder, "expected", file);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>Lays the input out where the reference saw it.</summary>
    /// <param name="root">The folder that stands for <c>/cc</c>.</param>
    public void LayOut(string root)
    {
        var source = Path.Combine(_folder, "in");
        var target = Path.Combine(root, Name);
        Directory.CreateDirectory(target);
        if (!Directory.Exists(source))
        {
            // An empty project: the archive holds no folder without a file.
            return;
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        foreach (var folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, folder)));
        }
    }

    /// <summary>The request that equals the reference's command line.</summary>
    /// <param name="root">The folder that stands for <c>/cc</c>.</param>
    /// <param name="interpolate">False for <c>--no-interpolate</c>.</param>
    public ComposeRequest Request(string root, bool interpolate)
    {
        var arguments = _case.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!).ToList();
        var environment = _case.GetProperty("env").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        environment["HOME"] = $"{root}/home";
        environment["PATH"] = "/usr/bin:/bin";

        return new ComposeRequest
        {
            WorkingDirectory = _case.GetProperty("cwd").GetString()!.Replace("/cc", root, StringComparison.Ordinal),
            Files = Values(arguments, "-f"),
            ComposeProfiles = Values(arguments, "--profile"),
            EnvFiles = Values(arguments, "--env-file"),
            ProjectName = Values(arguments, "-p").LastOrDefault(),
            Environment = environment,
            Interpolate = interpolate,
        };
    }

    private static List<string> Values(List<string> arguments, string option) =>
        [.. arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second)];
}
