using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Config;

/// <summary>New processes of the PowerShell that <c>./lab</c> found on this machine.</summary>
internal static class Session
{
    /// <summary>The statement that imports the module.</summary>
    public static string Import => $"Import-Module '{Repository.At("ComposeLab.psd1")}'";

    /// <summary>Runs a script to its end in a new process, with the module imported.</summary>
    /// <param name="script">The script.</param>
    /// <returns>What it wrote, trimmed.</returns>
    /// <exception cref="BenchmarkUnavailableException">It is not specified which PowerShell to use.</exception>
    public static string Run(string script)
    {
        var file = Path.Combine(Path.GetTempPath(), $"composelab-bench-{Environment.ProcessId}.ps1");
        File.WriteAllText(file, $"{Import}\n{script}");
        try
        {
            return Command(file).Run().Trim();
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The command that runs a script file in a new process.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="BenchmarkUnavailableException">It is not specified which PowerShell to use.</exception>
    public static Command Command(string file)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
        if (!environment.TryGetValue("COMPOSELAB_BENCH_PWSH", out var program))
        {
            throw new BenchmarkUnavailableException("COMPOSELAB_BENCH_PWSH names no PowerShell; type ./lab bench");
        }

        environment["POSTGRES_PASSWORD"] = "bench";
        environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";

        // PowerShell of the tool manifest is an assembly that dotnet runs.
        string[] assembly = environment.GetValueOrDefault("COMPOSELAB_BENCH_PWSH_DLL") is { Length: > 0 } dll ? [dll] : [];
        return new Command(program, [.. assembly, "-NoLogo", "-NoProfile", "-File", file], environment);
    }
}
