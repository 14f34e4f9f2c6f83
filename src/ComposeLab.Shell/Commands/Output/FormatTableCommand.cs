using System.Management.Automation;
using ComposeLab.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ComposeLab.Shell.Commands.Output;

/// <summary>Shows objects as a table, by the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Creates the command with the engine's table formatter.</summary>
    public FormatTableCommand() => EngineInternals.Format(this, "Table");
}
