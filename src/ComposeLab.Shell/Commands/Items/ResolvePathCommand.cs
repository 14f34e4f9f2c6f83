using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Resolves paths to those that exist.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
internal sealed class ResolvePathCommand : PathCommand
{
    /// <inheritdoc/>
    protected override void Process(string path)
    {
        if (Literal)
        {
            _ = InvokeProvider.Item.Get([path], force: true, literalPath: true);
            WriteObject(GetUnresolvedProviderPathFromPSPath(path));
            return;
        }

        WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(path), enumerateCollection: true);
    }
}
