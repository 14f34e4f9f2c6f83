using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Config;

/// <summary>The additional time of the module in a new PowerShell process: the import, and the import with the first command.</summary>
internal sealed class ConfigCold : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "config-cold";

    /// <inheritdoc/>
    public string Question => "import and first Show-MergedConfig of the lab's three files, beyond the start of PowerShell itself, against a docker compose config process";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        var folder = Directory.CreateTempSubdirectory("composelab-bench-cold-").FullName;
        try
        {
            var empty = Path.Combine(folder, "empty.ps1");
            var import = Path.Combine(folder, "import.ps1");
            var show = Path.Combine(folder, "show.ps1");
            File.WriteAllText(empty, "");
            File.WriteAllText(import, Session.Import);
            File.WriteAllText(show, $"{Session.Import}\n{LabFiles.Script}");

            // Alternating, so that other load on the machine affects all of them.
            TimeSpan[] times = Timing.Medians(repetitions: 15, warmups: 2, token,
                () => Session.Command(empty).Run(), () => Session.Command(import).Run(), () => Session.Command(show).Run(), () => LabFiles.Peer.Run());
            results.Note("PowerShell alone", $"{times[0].TotalMilliseconds:0} ms");
            results.Note("the import beyond it", $"{(times[1] - times[0]).TotalMilliseconds:0} ms");
            results.Ratio("import and first answer beyond it", times[2] - times[0], times[3], atLeast: 1 / 1.5);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}
