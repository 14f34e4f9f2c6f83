using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ComposeLab.Loader;

/// <summary>Loads the module's cmdlet assembly separately from the session's assemblies.</summary>
public static class ModuleLoader
{
    /// <summary>
    /// Loads an assembly of the module into the load context of its folder. One folder has one context in a process, so that
    /// a second import, or an import in another runspace, uses the same types again.
    /// </summary>
    /// <param name="path">The absolute path of the assembly; its folder contains its dependencies. It is loaded from the folder beside it that is precompiled for this
    /// machine, if there is one.</param>
    /// <returns>The loaded assembly, ready for <c>Import-Module -Assembly</c>.</returns>
    /// <exception cref="FileNotFoundException">There is no file at <paramref name="path"/>.</exception>
    /// <exception cref="BadImageFormatException">The file is not a .NET assembly.</exception>
    public static Assembly Load(string path)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path)
            ?? throw new FileNotFoundException("Expected the path of an assembly, found a folder's root.", path);
        var precompiled = Path.GetFullPath(Path.Combine("..", Machine), folder);
        if (File.Exists(Path.Combine(precompiled, Path.GetFileName(path))))
        {
            folder = precompiled;
            path = Path.Combine(folder, Path.GetFileName(path));
        }

        // The list of contexts belongs to the process, so the lock does, too: two runspaces can import at the same time.
        lock (typeof(ModuleLoader))
        {
            var context = AssemblyLoadContext.All
                .OfType<ModuleLoadContext>()
                .FirstOrDefault(known => string.Equals(known.Folder, folder, StringComparison.Ordinal))
                ?? new ModuleLoadContext(folder);
            return context.LoadFromAssemblyPath(path);
        }
    }

    // As .NET names kinds of machines. The runtime's own identifier can name a distribution.
    private static string Machine =>
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
}
