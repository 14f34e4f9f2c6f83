using System.Text.RegularExpressions;
using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Tests.Conformance;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Cases;

/// <summary>Runs a case in a separate folder, which the answers show as <c>/case</c>; the home folder is <c>/home</c>.</summary>
internal sealed class CaseRun : IDisposable
{
    private const int HashDigits = 16;

    private readonly string _root = Directory.CreateTempSubdirectory("composelab-case-").FullName;
    private readonly ComposeCase _case;

    private CaseRun(ComposeCase one)
    {
        _case = one;
        foreach (var file in one.Files)
        {
            var path = Path.Combine(_root, "case", file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Content);
        }
    }

    /// <summary>Computes the answers of a case.</summary>
    /// <param name="one">The case.</param>
    /// <returns>The sections as they should be: the same kinds where the project loads, one error where it does not.</returns>
    public static IReadOnlyList<CaseSection> Answers(ComposeCase one)
    {
        using var run = new CaseRun(one);
        try
        {
            var project = ComposeLoader.Load(run.Request(interpolate: true), CancellationToken.None);
            AssertCommentsChangeNothing(project);
            string[] asked = [.. one.Expectations.Select(section => section.Name)];
            return [.. (asked is [] or [['e', 'r', ..]] ? ["config"] : asked).Select(kind => run.Answer(project, kind))];
        }
        catch (ComposeException fault)
        {
            return [new CaseSection($"error {fault.Id}", "", run.Shown(FaultPicture.Of(fault)))];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private CaseSection Answer(ComposeProject project, string kind) => kind switch
    {
        "json" => new CaseSection(kind, "", Shown(ComposeJsonWriter.Write(project, new ComposeWriteOptions())) + "\n"),
        "as written" => new CaseSection(kind, "", Shown(ComposeYamlWriter.Write(AsWritten(), new ComposeWriteOptions()))),
        "json as written" => new CaseSection(kind, "", Shown(ComposeJsonWriter.Write(AsWritten(), new ComposeWriteOptions())) + "\n"),
        "hash" => new CaseSection(kind, "", string.Concat(project.Services.Values.Select(service => $"{service.Name} {Hash(service)}\n"))),
        "warnings" => new CaseSection(kind, "", string.Concat(project.Warnings.Select(warning => $"{warning.Origin?.File}:{warning.Origin?.Line}:{warning.Origin?.Column} {warning.Message}\n"))),
        _ => Config(Shown(ComposeYamlWriter.Write(project, new ComposeWriteOptions())), kind),
    };

    private ComposeProject AsWritten() => ComposeLoader.Load(Request(interpolate: false), CancellationToken.None);

    private static void AssertCommentsChangeNothing(ComposeProject project)
    {
        var commented = ComposeYamlWriter.Write(project, new ComposeWriteOptions { Origins = true });
        Assert.True(YamlEquality.Same(ComposeYamlWriter.Write(project, new ComposeWriteOptions()), commented), commented);
    }

    private static CaseSection Config(string config, string kind) =>
        kind == "config" && Frame.Remove(config) is { } inner ? new CaseSection(kind, "", inner) : new CaseSection("whole config", "", config);

    private string Hash(ServiceDefinition service) => ConfigHash.Of(Shown(ConfigHash.HashedText(service)))[..HashDigits];

    // A case has the paths of Unix, also in places such as sub/compose.yaml:1:11.
    private string Shown(string text) => HostPaths.Current.IsWindows
        ? Regex.Replace(
            Regex.Replace(text, @"(?<=\w)\\(?=[\w.]+:[0-9]+:[0-9]+)", "/").Replace(_root.Replace(@"\", @"\\", StringComparison.Ordinal), _root, StringComparison.Ordinal),
            Regex.Escape(_root) + @"[^\s""',:;]*",
            match => match.Value[_root.Length..].Replace(@"\\", "/", StringComparison.Ordinal).Replace('\\', '/'))
        : text.Replace(_root, "", StringComparison.Ordinal);

    private ComposeRequest Request(bool interpolate)
    {
        var arguments = _case.Arguments is { } given
            ? CommandLine.Split(given)!
            : [.. _case.Files.Where(file => file.Name.StartsWith("compose", StringComparison.Ordinal) && !file.Name.Contains('/', StringComparison.Ordinal)).SelectMany(file => new[] { "-f", file.Name })];
        return new ComposeRequest
        {
            WorkingDirectory = Path.Combine(_root, "case", _case.Directory),
            Files = Values(arguments, "-f"),
            ComposeProfiles = Values(arguments, "--profile"),
            EnvFiles = Values(arguments, "--env-file"),
            ProjectName = Values(arguments, "-p").LastOrDefault(),
            Environment = new Dictionary<string, string>(_case.Environment) { ["HOME"] = Path.Combine(_root, "home"), ["USERPROFILE"] = Path.Combine(_root, "home") },
            Interpolate = interpolate,
        };
    }

    private static List<string> Values(IReadOnlyList<string> arguments, string option) =>
        [.. arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second)];
}
