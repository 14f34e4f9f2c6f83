using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Config;

/// <summary>What the module's import adds to a script that does nothing.</summary>
internal sealed class Import : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "import";

    /// <inheritdoc/>
    public string Question => "an empty script in a new process with the module imported, beyond the same script in a shell without it";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        var file = Path.Combine(Path.GetTempPath(), $"composelab-bench-import-{Environment.ProcessId}.ps1");
        File.WriteAllText(file, "");
        try
        {
            var imported = Session.Command(file);
            var bare = Session.BareCommand(file);
            var empty = Timing.Median(() => bare.Run(), repetitions: 15, warmups: 3, token);
            var whole = Timing.Median(() => imported.Run(), repetitions: 15, warmups: 3, token);
            results.Note("the shell alone", $"{empty.TotalMilliseconds:0} ms");
            results.Limit("the import beyond it", whole - empty, TimeSpan.FromMilliseconds(250));
        }
        finally
        {
            File.Delete(file);
        }

        return Task.CompletedTask;
    }
}
