using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Writes files anew.</summary>
[Cmdlet(VerbsCommon.Set, "Content")]
internal sealed class SetContentCommand : WriteContentCommand
{
    /// <inheritdoc/>
    protected override FileMode Mode => FileMode.Create;
}
