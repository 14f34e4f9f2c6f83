using System.Management.Automation;
using System.Reflection;

namespace ComposeLab.Loader;

/// <summary>
/// What the module's root script would otherwise do itself. Compiled code needs no binding of every call at run time, which is
/// most of what a script costs in a session that has just begun.
/// </summary>
public static class ModuleImport
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Imports the cmdlet assembly and hands its commands to the module whose root script is running.</summary>
    /// <param name="engine">The root script's <c>$ExecutionContext</c>.</param>
    /// <param name="folder">The absolute folder of the module's binaries.</param>
    /// <exception cref="FileNotFoundException">The binaries are not there.</exception>
    public static void Run(EngineIntrinsics engine, string folder)
    {
        var assembly = ModuleLoader.Load(Path.Combine(folder, "lib", "ComposeLab.Cmdlets.dll"));
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Import-Module").AddParameter("Assembly", assembly).AddParameter("Force").AddParameter("PassThru");
        var inner = shell.Invoke<PSModuleInfo>().Single();

        // The engine remembers an assembly's commands from its first import only. Without these calls, a forced or repeated
        // import would leave the outer module with no commands and no aliases.
        var outer = engine.SessionState.Module;
        Export(outer, "AddExportedCmdlet", inner.ExportedCmdlets.Values);
        Export(outer, "AddExportedAlias", inner.ExportedAliases.Values);
    }

    private static void Export(PSModuleInfo outer, string method, IEnumerable<CommandInfo> commands)
    {
        var add = typeof(PSModuleInfo).GetMethod(method, Hidden) ?? throw new MissingMethodException(nameof(PSModuleInfo), method);
        foreach (var command in commands)
        {
            add.Invoke(outer, [command]);
        }
    }
}
