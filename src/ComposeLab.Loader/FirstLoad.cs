namespace ComposeLab.Loader;

/// <summary>Loads a small project in the background, so that the runtime prepares the code that the first command needs.</summary>
internal static class FirstLoad
{
    private static int _begun;

    /// <summary>Starts the load, once per process. Nothing waits for it.</summary>
    internal static void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            _ = Task.Run(Run);
        }
    }

    private static void Run()
    {
        var bin = Path.GetDirectoryName(typeof(FirstLoad).Assembly.Location)!;
        var cmdlets = ModuleLoader.Load(Path.Combine(bin, "lib", "ComposeLab.Cmdlets.dll"));
        cmdlets.GetType("ComposeLab.Projects.ProjectPreload")?.GetMethod("Run")?.Invoke(null, [Path.Combine(bin, "..", "first-load.yaml")]);
    }
}
