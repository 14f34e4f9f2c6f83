using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Adds to the end of files.</summary>
[Cmdlet(VerbsCommon.Add, "Content")]
internal sealed class AddContentCommand : WriteContentCommand
{
    /// <inheritdoc/>
    protected override FileMode Mode => FileMode.Append;
}
