using System.Reflection;
using System.Runtime.Loader;

namespace ComposeLab.Loader;

/// <summary>
/// A load context for the assemblies of one staged module folder. What lies in the folder is loaded from there, whatever
/// version another module has loaded before; everything else (the runtime, PowerShell) comes from the session.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    /// <summary>Creates the context for one folder.</summary>
    /// <param name="folder">The absolute folder that holds the module's assemblies.</param>
    internal ModuleLoadContext(string folder)
        : base("ComposeLab") => Folder = folder;

    /// <summary>The folder whose assemblies belong to this context.</summary>
    internal string Folder { get; }

    /// <summary>Answers with the module's own copy of an assembly, or with null if the session's copy is meant.</summary>
    /// <param name="assemblyName">The assembly that code in this context asks for.</param>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(Folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
