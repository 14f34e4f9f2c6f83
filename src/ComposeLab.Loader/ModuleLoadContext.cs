using System.Reflection;
using System.Runtime.Loader;

namespace ComposeLab.Loader;

/// <summary>
/// A load context for the assemblies of one staged module folder. Assemblies in the folder are loaded from there, whatever
/// version another module has loaded before; everything else (the runtime, PowerShell) comes from the session.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    /// <summary>Creates the context for one folder.</summary>
    /// <param name="folder">The absolute folder with the module's assemblies.</param>
    internal ModuleLoadContext(string folder)
        : base("ComposeLab") => Folder = folder;

    /// <summary>The folder with the assemblies of this context.</summary>
    internal string Folder { get; }

    /// <summary>Returns the module's own copy of an assembly, or null to use the session's copy.</summary>
    /// <param name="assemblyName">The assembly that code in this context requests.</param>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(Folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
