using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Removes items.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
internal sealed class RemoveItemCommand : PathCommand
{
    /// <summary>Goes into folders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Includes what is hidden or read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        if (!Literal && WildcardPattern.ContainsWildcardCharacters(path))
        {
            foreach (var match in SessionState.Path.GetResolvedPSPathFromPSPath(path))
            {
                Remove(match.Path);
            }

            return;
        }

        Remove(path);
    }

    private void Remove(string path)
    {
        if (ShouldProcess(path))
        {
            InvokeProvider.Item.Remove([path], Recurse, Force, literalPath: true);
        }
    }
}
