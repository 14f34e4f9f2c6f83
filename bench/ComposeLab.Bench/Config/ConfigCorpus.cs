using ComposeLab.Bench.Harness;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Tests.Conformance;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Bench.Config;

/// <summary>Many projects, good and bad ones, one after the other.</summary>
internal sealed class ConfigCorpus : IBenchmark
{
    // The peer spells a bomb out in memory until the machine has none left.
    private const string Bomb = "aliasbomb";

    // Other cases that are difficult for the peer end in an error, as for a user, and not in a machine without memory.
    private const string Bounded = "ulimit -v 4000000 && ulimit -t 20 && exec \"$@\"";

    /// <inheritdoc/>
    public string Name => "config-corpus";

    /// <inheritdoc/>
    public string Question => "every project of the conformance corpus, bombs left out, in one process, against one docker compose config process each";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        var archive = Corpus.Archive ?? throw new BenchmarkUnavailableException("the conformance corpus is not on this machine");
        var folder = Directory.CreateTempSubdirectory("composelab-bench-").FullName;
        try
        {
            Corpus.Unpack(archive, folder);
            var root = Path.Combine(folder, "cc");
            Directory.CreateDirectory(Path.Combine(root, "home"));
            var cases = Directory.EnumerateDirectories(folder)
                .Where(one => File.Exists(Path.Combine(one, "case.json")) && !one.Contains(Bomb, StringComparison.Ordinal)).Select(one => CorpusCase.Read(one, one)).ToList();
            cases.ForEach(one => one.LayOut(root));
            var requests = cases.Select(one => one.Request(root, interpolate: true)).ToList();

            var ours = Timing.Once(() => requests.ForEach(request => Answer(request, token)));
            var peer = Timing.Once(() => requests.ForEach(request => Ask(request, token)));
            results.Ratio($"{requests.Count} projects", ours, peer, atLeast: 10);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    private static void Answer(ComposeRequest request, CancellationToken token)
    {
        try
        {
            ComposeYamlWriter.Write(ComposeLoader.Load(request, token), new ComposeWriteOptions());
        }
        catch (ComposeException)
        {
            // An error is an answer, too.
        }
    }

    private static void Ask(ComposeRequest request, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        List<string> arguments = [.. request.Files.SelectMany(file => new[] { "-f", file }), .. request.ComposeProfiles.SelectMany(profile => new[] { "--profile", profile }),
            .. request.EnvFiles.SelectMany(file => new[] { "--env-file", file })];
        if (request.ProjectName is { } name)
        {
            arguments.AddRange(["-p", name]);
        }

        var peer = DockerCompose.Command([.. arguments, "config"], request.Environment, request.WorkingDirectory);
        (peer with { Program = "/bin/sh", Arguments = ["-c", Bounded, "sh", peer.Program, .. peer.Arguments] }).Outcome();
    }
}
