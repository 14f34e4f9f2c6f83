using System.Diagnostics;

namespace ComposeLab.Bench.Harness;

/// <summary>A program with its arguments, run to its end with nothing but the given environment.</summary>
/// <param name="Program">Its path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Its whole environment; null: this process's own.</param>
/// <param name="Directory">Where it starts; null: here.</param>
internal sealed record Command(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string>? Environment = null, string? Directory = null)
{
    /// <summary>Runs it.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public string Run()
    {
        var (exitCode, output, errors) = Outcome();
        return exitCode == 0 ? output : throw new InvalidOperationException($"{Program} {string.Join(' ', Arguments)} ended with {exitCode}: {errors.Trim()}");
    }

    /// <summary>Runs it, whatever its exit code.</summary>
    /// <returns>Its exit code and output.</returns>
    public (int ExitCode, string Output, string Errors) Outcome()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory ?? "",
        };
        if (Environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in Environment)
            {
                start.Environment[name] = value;
            }
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
