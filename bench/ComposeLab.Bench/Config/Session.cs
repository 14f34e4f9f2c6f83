using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Config;

/// <summary>A new process of the embedded shell with the module imported, as <c>./lab run</c> makes it.</summary>
internal static class Session
{
    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    /// <returns>What it wrote, trimmed.</returns>
    /// <exception cref="BenchmarkUnavailableException">The shell is not built.</exception>
    public static string Run(string script)
    {
        var file = Path.Combine(Path.GetTempPath(), $"composelab-bench-{Environment.ProcessId}.ps1");
        File.WriteAllText(file, script);
        try
        {
            return Command(file).Run().Trim();
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The command that runs a script file with the module imported.</summary>
    /// <param name="file">The file.</param>
    public static Command Command(string file) => Shell("--module", Repository.At("ComposeLab.psd1"), "run", file);

    /// <summary>The command that runs a script file in the shell alone.</summary>
    /// <param name="file">The file.</param>
    public static Command BareCommand(string file) => Shell("run", file);

    private static Command Shell(params string[] arguments)
    {
        var shell = Repository.At("artifacts/shell/ComposeLab.Shell");
        if (!File.Exists(shell))
        {
            throw new BenchmarkUnavailableException("the embedded shell is not built; type COMPOSELAB_SHELL=embedded ./lab build");
        }

        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
        environment["POSTGRES_PASSWORD"] = "bench";

        // As ./lab starts the shell.
        environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new Command(shell, arguments, environment);
    }
}
