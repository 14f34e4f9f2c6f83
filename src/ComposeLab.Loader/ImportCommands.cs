using System.Management.Automation;
using System.Reflection;

namespace ComposeLab.Loader;

/// <summary>
/// Loads the cmdlet assembly, for <c>Import-Module -Assembly</c>. A command, because a script that calls commands is bound in a fraction of the time that calls of
/// .NET members take in a session that has just begun. It is not exported by the module.
/// </summary>
[Cmdlet(VerbsCommon.Open, "LabAssembly")]
[OutputType(typeof(Assembly))]
public sealed class OpenAssemblyCommand : PSCmdlet
{
    /// <summary>The absolute path of the cmdlet assembly; its folder contains its dependencies. A folder beside it that is precompiled for this machine is preferred.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var assembly = ModuleLoader.Load(Path);
        BackgroundPreload.Begin(assembly);
        FeedbackAssembly.Register(Host);
        WriteObject(assembly);
    }
}

/// <summary>
/// Exports the commands of an imported assembly from the module whose root script is running. The engine remembers an assembly's commands from its first import only:
/// without this, a forced or repeated import would leave the module with no commands and no aliases.
/// </summary>
[Cmdlet(VerbsData.Export, "LabCommand")]
public sealed class ExportCommandCommand : PSCmdlet
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>What <c>Import-Module -Assembly -PassThru</c> has returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSModuleInfo? Module { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var outer = SessionState.Module;
        Export(outer, "AddExportedCmdlet", Module!.ExportedCmdlets.Values);
        Export(outer, "AddExportedAlias", Module.ExportedAliases.Values);
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
