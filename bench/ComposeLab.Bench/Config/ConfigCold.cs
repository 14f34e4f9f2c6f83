using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Config;

/// <summary>One question asked from a script: a new process, the module imported, the answer printed.</summary>
internal sealed class ConfigCold : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "config-cold";

    /// <inheritdoc/>
    public string Question => "the lab's three files in a new process, import included, against a docker compose config process";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        var file = Path.Combine(Path.GetTempPath(), $"composelab-bench-cold-{Environment.ProcessId}.ps1");
        File.WriteAllText(file, LabFiles.Script);
        try
        {
            var command = Session.Command(file);
            var ours = Timing.Median(() => command.Run(), repetitions: 11, warmups: 2, token);
            var peer = Timing.Median(() => LabFiles.Peer.Run(), repetitions: 11, warmups: 2, token);
            results.Ratio("new process", ours, peer, atLeast: 0.5);
        }
        finally
        {
            File.Delete(file);
        }

        return Task.CompletedTask;
    }
}
