using System.Globalization;
using ComposeLab.Bench.Harness;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Bench.Config;

/// <summary>A session that is open already: the cmdlet and the library under it.</summary>
internal sealed class ConfigWarm : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "config-warm";

    /// <inheritdoc/>
    public string Question => "the lab's three files in a warm session, against a docker compose config process";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        var peer = Timing.Median(() => LabFiles.Peer.Run(), repetitions: 15, warmups: 2, token);
        var library = Timing.Median(
            () => ComposeYamlWriter.Write(ComposeLoader.Load(LabFiles.Request, token), new ComposeWriteOptions()), repetitions: 200, warmups: 200, token);
        results.Ratio("Show-MergedConfig", Cmdlet(), peer, atLeast: 15);
        results.Ratio("the library alone", library, peer, atLeast: 15);
        return Task.CompletedTask;
    }

    private static TimeSpan Cmdlet()
    {
        const int Repetitions = 200;
        var milliseconds = Session.Run($$"""
            $times = foreach ($turn in 1..{{2 * Repetitions}}) {
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $null = {{LabFiles.Script}}
                $clock.Elapsed.TotalMilliseconds
            }
            [array]::Sort(($measured = [double[]]$times[{{Repetitions}}..{{(2 * Repetitions) - 1}}]))
            $measured[{{Repetitions / 2}}].ToString([cultureinfo]::InvariantCulture)
            """);
        return TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture));
    }
}
