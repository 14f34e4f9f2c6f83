using System.Diagnostics;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Files;

/// <summary>Files that the system refuses, also to root.</summary>
internal static class BadPlace
{
    /// <summary>An existing file with unreadable content: the first page of a process is not mapped.</summary>
    public static void Unreadable(string path) => File.CreateSymbolicLink(path, "/proc/self/mem");

    /// <summary>A pipe without a writer: opening it for reading blocks.</summary>
    public static void SilentPipe(string path) => Run("mkfifo", path);

    /// <summary>A disk with no room left, mounted for as long as the answer lives.</summary>
    public static IDisposable FullDisk(string folder)
    {
        Directory.CreateDirectory(folder);
        Run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder);
        try
        {
            using FileStream ballast = File.Create(Path.Combine(folder, "ballast"));
            ballast.Write(new byte[64 * 1024]);
        }
        catch (IOException)
        {
            // Full it is.
        }

        return new Mounted(folder);
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        Assert.True(process.WaitForExit(TestSession.Patience));
        Assert.Equal(0, process.ExitCode);
    }

    private sealed class Mounted(string folder) : IDisposable
    {
        public void Dispose() => Run("umount", folder);
    }
}
