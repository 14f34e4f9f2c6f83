using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ComposeLab.LabScript.Tests;

/// <summary>Runs ./lab like a user, with its own environment.</summary>
internal static class Lab
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>Runs ./lab.</summary>
    /// <param name="environment">Variables to set; null takes one away.</param>
    /// <param name="arguments">The command's words.</param>
    public static (int Code, string Output, string Error) Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Start(environment, Path.Combine(Root, "lab"), arguments);

    /// <summary>Runs ./lab with the environment of the test.</summary>
    /// <param name="arguments">The command's words.</param>
    public static (int Code, string Output, string Error) Run(params string[] arguments) => Run(new Dictionary<string, string?>(), arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="environment">Variables to set; null takes one away.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static (int Code, string Output, string Error) Start(
        IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Expected {program} {string.Join(' ', arguments)} to end within {Limit}.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static string Find([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
