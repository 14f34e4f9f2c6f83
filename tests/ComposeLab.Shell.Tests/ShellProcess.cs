using System.Diagnostics;

namespace ComposeLab.Shell.Tests;

/// <summary>Runs the built shell as a process, as ./lab does, with files of its own.</summary>
internal sealed class ShellProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-shell-");

    public (int Code, string Output, string Error) RunScript(string text, params string[] arguments) =>
        Start(["run", Write("script.ps1", text), .. arguments]);

    public (int Code, string Output, string Error) RunScriptWith(string module, string text) =>
        Start(["--module", module, "run", Write("script.ps1", text)]);

    public (int Code, string Output, string Error) RunSpec(string text) => Start(["spec", Write("a.Tests.ps1", text)]);

    public void Dispose() => _folder.Delete(recursive: true);

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Code, string Output, string Error) Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ComposeLab.Shell.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Expected the shell to end within {Limit}.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
