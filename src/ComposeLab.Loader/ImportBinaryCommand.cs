using System.Management.Automation;
using System.Reflection;

namespace ComposeLab.Loader;

/// <summary>
/// Imports the cmdlet assembly and exports its commands to the module whose root script is running. A command, because a script that
/// calls commands is bound in a fraction of the time that calls of .NET members take in a session that has just begun. It is not exported by the module.
/// </summary>
[Cmdlet(VerbsData.Import, "LabBinary")]
public sealed class ImportBinaryCommand : PSCmdlet
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>The absolute path of the cmdlet assembly; its folder contains its dependencies.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var assembly = ModuleLoader.Load(Path);
        FirstLoad.Begin();
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Import-Module").AddParameter("Assembly", assembly).AddParameter("Force").AddParameter("PassThru");
        var inner = shell.Invoke<PSModuleInfo>().Single();

        // The engine remembers an assembly's commands from its first import only. Without these calls, a forced or repeated
        // import would leave the outer module with no commands and no aliases.
        var outer = SessionState.Module;
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
