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
            var floor = Path.Combine(folder, "floor.ps1");
            var import = Path.Combine(folder, "import.ps1");
            var show = Path.Combine(folder, "show.ps1");
            File.WriteAllText(empty, "");
            // What PowerShell itself needs to import a module that does nothing: most of it is compiling its own code, unless it was installed precompiled.
            File.WriteAllText(Path.Combine(folder, "Empty.psm1"), "");
            File.WriteAllText(Path.Combine(folder, "Empty.psd1"), "@{ RootModule = 'Empty.psm1'; ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }");
            File.WriteAllText(floor, $"Import-Module '{Path.Combine(folder, "Empty.psd1")}'");
            File.WriteAllText(import, Session.Import);
            File.WriteAllText(show, $"{Session.Import}\n{LabFiles.Script}");

            // Alternating, so that other load on the machine affects all of them.
            TimeSpan[] times = Timing.Medians(repetitions: 15, warmups: 2, token,
                () => Session.Command(empty).Run(), () => Session.Command(floor).Run(), () => Session.Command(import).Run(), () => Session.Command(show).Run(), () => LabFiles.Peer.Run(), () => LabFiles.PeerAlone.Run());
            results.Note("PowerShell alone", $"{times[0].TotalMilliseconds:0} ms");
            results.Note("the import of an empty module beyond it", $"{(times[1] - times[0]).TotalMilliseconds:0} ms");
            results.Note("the import of ComposeLab beyond PowerShell", $"{(times[2] - times[0]).TotalMilliseconds:0} ms");
            results.Ratio("import and first answer beyond PowerShell", times[3] - times[0], times[4], atLeast: 1 / 1.5);
            results.Ratio("the same, against the plugin without the docker command", times[3] - times[0], times[5], atLeast: 1 / 1.5);
            results.Ratio("import and first answer beyond the import of an empty module, against the same", times[3] - times[1], times[5], atLeast: 1 / 1.5);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}
