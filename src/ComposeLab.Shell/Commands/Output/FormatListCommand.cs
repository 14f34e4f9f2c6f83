using System.Management.Automation;
using ComposeLab.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ComposeLab.Shell.Commands.Output;

/// <summary>Shows objects as lists of their properties, by the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Creates the command with the engine's list formatter.</summary>
    public FormatListCommand() => EngineInternals.Format(this, "List");
}
