using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Turns a path of the session into one of the file system.</summary>
[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = "Path")]
internal sealed class ConvertPathCommand : PathCommand
{
    /// <inheritdoc/>
    protected override void Process(string path)
    {
        if (Literal)
        {
            WriteObject(GetUnresolvedProviderPathFromPSPath(path));
            return;
        }

        WriteObject(GetResolvedProviderPathFromPSPath(path, out _), enumerateCollection: true);
    }
}
