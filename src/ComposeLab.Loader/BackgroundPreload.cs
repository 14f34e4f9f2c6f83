using System.Reflection;

namespace ComposeLab.Loader;

/// <summary>Loads a small project in the background, so that the runtime prepares the code that the first command needs.</summary>
internal static class BackgroundPreload
{
    private static int _begun;

    /// <summary>Starts the load, once per process. Nothing waits for it.</summary>
    /// <param name="cmdlets">The loaded cmdlet assembly.</param>
    internal static void Begin(Assembly cmdlets)
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            _ = Task.Run(() => Run(cmdlets));
        }
    }

    private static void Run(Assembly cmdlets)
    {
        var bin = Path.GetDirectoryName(typeof(BackgroundPreload).Assembly.Location)!;
        cmdlets.GetType("ComposeLab.Projects.ProjectPreload")?.GetMethod("Run")?.Invoke(null, [Path.Combine(bin, "..", "preload.yaml")]);
    }
}
