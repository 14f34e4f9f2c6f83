using System.Diagnostics;
using System.Text;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Compose.Files;

/// <summary>
/// Finds programs in the folders of PATH. If only their name were given, the runtime would also look into the current folder, where a project that was downloaded can
/// have a program of the same name.
/// </summary>
internal static class InstalledProgram
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Prepares a start with input and output in UTF-8. The runtime would use the code page of the console, and on Windows show a window and pass on Ctrl-C.</summary>
    /// <param name="file">The program's file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The start; its environment is that of this process.</returns>
    public static ProcessStartInfo Redirected(string file, IEnumerable<string> arguments) => new(file, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = Utf8,
        StandardOutputEncoding = Utf8,
        StandardErrorEncoding = Utf8,
        UseShellExecute = false,
        CreateNoWindow = true,
    };

    /// <summary>Finds a program.</summary>
    /// <param name="name">Its name, without an ending.</param>
    /// <returns>Its file; null if no folder in the PATH of this process has it.</returns>
    public static string? Find(string name) => Find(name, new Dictionary<string, string> { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" });

    /// <summary>Finds a program.</summary>
    /// <param name="name">Its name, without an ending.</param>
    /// <param name="environment">The variables; PATH is read.</param>
    /// <returns>Its file; null if no folder in PATH has it.</returns>
    public static string? Find(string name, IReadOnlyDictionary<string, string> environment) => Places(name, environment, HostPaths.Current).FirstOrDefault(File.Exists);

    /// <summary>Lists the places of a program in PATH; relative folders are left out.</summary>
    /// <param name="name">Its name, without an ending.</param>
    /// <param name="environment">The variables; PATH is read.</param>
    /// <param name="host">The rules of the host.</param>
    /// <returns>The files; they may not exist.</returns>
    public static IEnumerable<string> Places(string name, IReadOnlyDictionary<string, string> environment, HostPaths host) =>
        (environment.GetValueOrDefault("PATH") ?? "").Split(host.ListSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => host.IsWindows ? folder.Trim().Trim('"') : folder)
            .Where(host.IsAbsolute)
            .Select(folder => host.Join(folder, host.ProgramFile(name)));
}
