using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Rules;

namespace ComposeLab.Compose.Tests.Rules;

/// <summary>A project on disk for rule tests.</summary>
internal sealed class RuleProject : IRuleEnvironment, IDisposable
{
    private readonly RuleCase _case;

    public RuleProject(RuleCase one)
    {
        _case = one;
        foreach ((string name, string text) in one.Files)
        {
            string file = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, string.Join('\n', text.Split('\n').Select(line => line.EndsWith("# !", StringComparison.Ordinal) ? line[..^3].TrimEnd() : line)));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("composelab-rules-").FullName;

    public string? Home => _case.OnWindows ? @"C:\Users\someone" : "/home/someone";

    public IReadOnlyList<Finding> Check() => RuleRun.Check(Load(), _case.Production, this, CancellationToken.None);

    public ComposeProject Load() => ComposeLoader.Load(
        new ComposeRequest
        {
            WorkingDirectory = Folder,
            ProjectDirectory = _case.OnWindows ? @"C:\shop" : null,
            Paths = _case.OnWindows ? new HostPaths(IsWindows: true) : HostPaths.Current,
            Files = [.. _case.Files.Select(file => file.Name).Where(name => name.StartsWith("compose", StringComparison.Ordinal)).Select(name => Path.Combine(Folder, name))],
            Environment = _case.Environment,
        },
        CancellationToken.None);

    /// <summary>The places of the findings of the case's rule, as <c>file:line</c>.</summary>
    public IReadOnlyList<string> SourceLocations() =>
        [.. Check().Where(finding => finding.Rule == _case.Rule).Select(finding => $"{Path.GetRelativePath(Folder, finding.File!).Replace(Path.DirectorySeparatorChar, '/')}:{finding.Line}").Order(StringComparer.Ordinal)];

    public GitState GitStateOf(string path) => _case.Git.GetValueOrDefault(Path.GetRelativePath(Folder, path), GitState.Unknown);

    public string? ReadText(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    public IReadOnlyList<string> FilesIn(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
