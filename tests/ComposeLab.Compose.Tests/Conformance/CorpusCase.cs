using System.Text.Json;
using ComposeLab.Compose.Loading;

namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>One project and the reference's answers.</summary>
internal sealed class CorpusCase
{
    private readonly string _folder;
    private readonly string _answers;
    private readonly JsonElement _case;
    private readonly JsonElement? _manifest;

    private CorpusCase(string folder, string answers, JsonElement description, JsonElement? manifest)
    {
        _folder = folder;
        _answers = answers;
        _case = description;
        _manifest = manifest;
    }

    /// <summary>The case's name.</summary>
    public string Name => Path.GetFileName(_folder);

    /// <summary>Whether the newest reference accepts the project. One that it could not even be asked about, because it never ends, must be refused.</summary>
    public bool ExpectsProject => File.Exists(Path.Combine(_answers, "config.yaml"));

    /// <summary>Whether the newest reference spells its answer as earlier ones did; its later writer folds lines and quotes differently.</summary>
    public bool KeepsStyle => _manifest is { } manifest && manifest.TryGetProperty("text_equal", out JsonElement equal) && equal.GetBoolean();

    /// <summary>Reads a case.</summary>
    /// <param name="folder">The unpacked case.</param>
    /// <param name="answers">The folder of the newest reference's answers.</param>
    /// <param name="manifest">What is known about the answers; null: nothing.</param>
    public static CorpusCase Read(string folder, string answers, JsonElement? manifest = null) =>
        new(folder, answers, JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement, manifest);

    /// <summary>An answer of the newest reference; null if it gave none.</summary>
    /// <param name="file">Its file name.</param>
    public string? Expected(string file) => Text(Path.Combine(_answers, file));

    /// <summary>An answer of docker compose 2.40.3; null if it gave none.</summary>
    /// <param name="file">Its file name.</param>
    public string? ExpectedEarlier(string file) => Text(Path.Combine(_folder, "expected", file));

    /// <summary>Moves the input to the same place as for the reference.</summary>
    /// <param name="root">The folder that stands for <c>/cc</c>, on the same file system.</param>
    public void LayOut(string root)
    {
        var source = Path.Combine(_folder, "in");
        var target = Path.Combine(root, Name);
        if (Directory.Exists(source))
        {
            Directory.Move(source, target);
        }
        else
        {
            // An empty project: the archive contains no empty folders.
            Directory.CreateDirectory(target);
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
            ProjectDirectory = Values(arguments, "--project-directory").LastOrDefault(),
            Environment = environment,
            Interpolate = interpolate,
        };
    }

    private static string? Text(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    private static List<string> Values(List<string> arguments, string option) =>
        [.. arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second)];
}
