using System.Collections.Concurrent;
using System.Text.Json;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>Loads every case once and keeps what differs from the reference.</summary>
public sealed class CorpusRun : IDisposable
{
    // The reference saw its inputs below this folder. They are laid out elsewhere, and the answers are read as if they were not: two runs on one machine
    // then never meet.
    private const string ReferenceRoot = "/cc";

    // A case leads from its folder to the root with dots, so the folder cannot be just anywhere. In memory, if there is some: on a disk, the many thousand
    // files take longer than the answers.
    private static readonly string Folder =
        OperatingSystem.IsWindows() ? Path.GetTempPath() : Directory.Exists("/dev/shm") ? "/dev/shm" : "/var/tmp";

    private readonly string _unpacked = Directory.CreateDirectory(Path.Combine(Folder, $"composelab-corpus-{Guid.NewGuid():N}")).FullName;

    private readonly string _root = Directory.CreateDirectory(Path.Combine(Folder, $"composelab-cases-{Guid.NewGuid():N}")).FullName;
    private readonly ConcurrentBag<Difference> _differences = [];
    private readonly ConcurrentDictionary<string, int> _compared = new(StringComparer.Ordinal);

    /// <summary>Runs the corpus.</summary>
    public CorpusRun()
    {
        if (Corpus.Archive is not { } archive)
        {
            return;
        }

        string answers = Path.Combine(_unpacked, "expected5");
        Directory.CreateDirectory(answers);
        Corpus.Unpack(archive, _unpacked);
        Corpus.Unpack(Corpus.Beside("expected5.tar.gz"), answers);
        Directory.CreateDirectory(Path.Combine(_root, "home"));
        var manifest = File.ReadLines(Path.Combine(answers, "MANIFEST.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(entry => entry.GetProperty("case").GetString()!);
        Parallel.ForEach(
            Directory.EnumerateDirectories(_unpacked).Where(folder => File.Exists(Path.Combine(folder, "case.json"))).Select(Path.GetFileName).OfType<string>(),
            name => Run(CorpusCase.Read(Path.Combine(_unpacked, name), Path.Combine(answers, name), manifest[name])));
        if (System.Environment.GetEnvironmentVariable("COMPOSELAB_CORPUS_REPORT") is { Length: > 0 } report)
        {
            File.WriteAllLines(report, _differences.Order().Select(difference => difference.ToString()));
        }
    }

    /// <summary>How many answers of a kind were compared.</summary>
    /// <param name="kind">Such as <c>text</c>.</param>
    public int Compared(string kind) => _compared.GetValueOrDefault(kind);

    /// <summary>The differences of one kind.</summary>
    /// <param name="kind">Such as <c>text</c>.</param>
    internal IReadOnlyList<Difference> Of(string kind) => [.. _differences.Where(difference => difference.Kind == kind).Order()];

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(_unpacked, recursive: true);
        Directory.Delete(_root, recursive: true);
    }

    private void Run(CorpusCase one)
    {
        _compared.AddOrUpdate("agreement", 1, (_, count) => count + 1);
        one.LayOut(_root);
        try
        {
            ComposeProject project = ComposeLoader.Load(one.Request(_root, interpolate: true), CancellationToken.None);
            if (one.ExpectsProject)
            {
                CompareAll(one, project);
            }
            else
            {
                Add("agreement", one, $"accepted, but the reference refuses it: {one.Expected("error.txt")}");
            }
        }
        catch (ComposeException refusal) when (!one.ExpectsProject)
        {
            // The reference's words are its own; that there is an error is what must agree.
            Assert.NotEmpty(refusal.Message);
        }
        catch (Exception fault)
        {
            Add("agreement", one, $"refused, but the reference accepts it: {fault}");
        }
    }

    private void CompareAll(CorpusCase one, ComposeProject project)
    {
        if (one.KeepsStyle)
        {
            Compare("text", one, "config.yaml", () => ComposeYamlWriter.Write(project, new ComposeWriteOptions()));
        }

        Compare("parsed", one, "config.yaml", () => ComposeYamlWriter.Write(project, new ComposeWriteOptions()), YamlEquality.Same);
        Compare("origins", one, "config.yaml", () => ComposeYamlWriter.Write(project, new ComposeWriteOptions { Origins = true }), YamlEquality.Same);
        Compare("json", one, "config.json", () => ComposeJsonWriter.Write(project, new ComposeWriteOptions()));
        Compare("no-interpolate", one, "no-interpolate.yaml", () => ComposeYamlWriter.Write(
            ComposeLoader.Load(one.Request(_root, interpolate: false), CancellationToken.None), new ComposeWriteOptions()), YamlEquality.Same);
        Compare("hash", one, "hash.txt", () => Hashes(project));
        CompareAccepted(one, project);
    }

    private string Hashes(ComposeProject project) => string.Concat(
    [
        .. project.Services.Values.Select(service => $"service {service.Name} {Hash(ConfigHash.HashedText(service))}\n"),
        .. project.Networks.Values.Select(network => $"network {network.Key} {ConfigHash.ForNetwork(network)}\n"),
        .. project.Volumes.Values.Select(volume => $"volume {volume.Key} {Hash(ConfigHash.HashedText(volume))}\n"),
    ]);

    private string Hash(string json) => ConfigHash.Of(json.Replace(_root, ReferenceRoot, StringComparison.Ordinal));

    // What 2.40.3 wrote on a container must count as unchanged.
    private void CompareAccepted(CorpusCase one, ComposeProject project)
    {
        foreach (string line in one.ExpectedEarlier("label-hash.txt")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            _compared.AddOrUpdate("accepted", 1, (_, count) => count + 1);
            if (line.Split(' ') is [var name, { Length: 64 } hash] && project.Services.TryGetValue(name, out ServiceDefinition? service) && !ConfigHash.HashedTexts(service).Select(Hash).Contains(hash))
            {
                Add("accepted", one, $"the service {name} would be recreated");
            }
        }
    }

    private void Compare(string kind, CorpusCase one, string file, Func<string> answer, Func<string, string, bool>? same = null)
    {
        if (one.Expected(file) is not { } expected)
        {
            return;
        }

        _compared.AddOrUpdate(kind, 1, (_, count) => count + 1);
        try
        {
            var actual = answer().Replace(_root, ReferenceRoot, StringComparison.Ordinal).TrimEnd();
            if (actual != expected.TrimEnd() && same?.Invoke(expected, actual) != true)
            {
                Add(kind, one, TextDifference.Of(expected, actual));
            }
        }
        catch (Exception fault)
        {
            Add(kind, one, $"ended in {fault}");
        }
    }

    private void Add(string kind, CorpusCase one, string what) => _differences.Add(new Difference(kind, one.Name, what));
}
