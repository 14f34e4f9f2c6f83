using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>Loads every case once and keeps what differs from the reference.</summary>
public sealed class CorpusRun : IDisposable
{
    private const string ReferenceRoot = "/cc";

    private readonly string _unpacked = Directory.CreateTempSubdirectory("composelab-corpus-").FullName;
    private readonly string _root;

    /// <summary>Runs the corpus.</summary>
    public CorpusRun()
    {
        _root = System.Environment.IsPrivilegedProcess && !Directory.Exists(ReferenceRoot) ? ReferenceRoot : Path.Combine(_unpacked, "cc");
        if (Corpus.Archive is not { } archive)
        {
            return;
        }

        Corpus.Unpack(archive, _unpacked);
        Directory.CreateDirectory(Path.Combine(_root, "home"));
        foreach (var folder in Directory.EnumerateDirectories(_unpacked).Where(folder => File.Exists(Path.Combine(folder, "case.json"))).Order(StringComparer.Ordinal))
        {
            Run(CorpusCase.Read(folder));
        }

        if (System.Environment.GetEnvironmentVariable("COMPOSELAB_CORPUS_REPORT") is { Length: > 0 } report)
        {
            File.WriteAllLines(report, Differences);
        }
    }

    /// <summary>How many cases there are.</summary>
    public int Cases { get; private set; }

    /// <summary>Every difference, each beginning with its kind and the case's name.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>The differences of one kind.</summary>
    /// <param name="kind">Such as <c>text</c>.</param>
    public IReadOnlyList<string> Of(string kind) => [.. Differences.Where(difference => difference.StartsWith($"[{kind}]", StringComparison.Ordinal))];

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(_unpacked, recursive: true);
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    private void Run(CorpusCase one)
    {
        Cases++;
        one.LayOut(_root);
        ComposeProject project;
        try
        {
            project = ComposeLoader.Load(one.Request(_root, interpolate: true), CancellationToken.None);
        }
        catch (ComposeException refusal)
        {
            if (one.ExpectsProject)
            {
                Add("agreement", one, $"refused, but the reference accepts it: {refusal.Id}: {refusal.Message}");
            }

            return;
        }
        catch (Exception fault)
        {
            Add("agreement", one, $"ended in {fault.GetType().Name}: {fault}");
            return;
        }

        if (!one.ExpectsProject)
        {
            Add("agreement", one, $"accepted, but the reference refuses it ({one.ErrorClass})");
            return;
        }

        Compare("text", one, "config.yaml", () => ComposeYamlWriter.Write(project, new ComposeWriteOptions()));
        Compare("json", one, "config.json", () => ComposeJsonWriter.Write(project, new ComposeWriteOptions()));
        Compare("no-interpolate", one, "no-interpolate.yaml", () => ComposeYamlWriter.Write(
            ComposeLoader.Load(one.Request(_root, interpolate: false), CancellationToken.None), new ComposeWriteOptions { EscapeDollars = false }));
        if (_root == ReferenceRoot)
        {
            Compare("hash", one, "label-hash.txt", () => string.Concat(project.Services.Values.Select(service => $"{service.Name} {ConfigHash.ForService(project, service)}\n")));
        }
    }

    private void Compare(string kind, CorpusCase one, string file, Func<string> answer)
    {
        if (one.Expected(file) is not { } expected)
        {
            return;
        }

        try
        {
            var actual = answer().Replace(_root, ReferenceRoot, StringComparison.Ordinal);
            if (actual.TrimEnd() != expected.TrimEnd())
            {
                Add(kind, one, TextDifference.First(expected, actual));
                if (kind == "text" && !YamlEquality.Same(expected, actual))
                {
                    Add("parsed", one, TextDifference.First(expected, actual));
                }
            }
        }
        catch (Exception fault)
        {
            Add(kind, one, $"ended in {fault.GetType().Name}: {fault}");
        }
    }

    private void Add(string kind, CorpusCase one, string difference) => Differences.Add($"[{kind}] {one.Name}: {difference}");
}
