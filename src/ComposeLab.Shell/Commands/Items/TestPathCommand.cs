using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>Tells whether something is at a path.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
internal sealed class TestPathCommand : PathCommand
{
    /// <summary>The paths; wildcards allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public override string[] Path { get; set; } = [];

    /// <summary>What kind of item counts.</summary>
    [Parameter]
    [Alias("Type")]
    public TestPathType PathType { get; set; }

    /// <summary>Asks for the form of the path only.</summary>
    [Parameter]
    public SwitchParameter IsValid { get; set; }

    /// <inheritdoc/>
    protected override void Process(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            WriteObject(false);
            return;
        }

        try
        {
            WriteObject(IsValid ? SessionState.Path.IsValid(path) : Exists(path));
        }
        catch (System.Management.Automation.DriveNotFoundException)
        {
            WriteObject(false);
        }
    }

    private bool Exists(string path)
    {
        if (!InvokeProvider.Item.Exists(path, force: true, Literal))
        {
            return false;
        }

        return PathType switch
        {
            TestPathType.Container => InvokeProvider.Item.IsContainer(path),
            TestPathType.Leaf => !InvokeProvider.Item.IsContainer(path),
            _ => true,
        };
    }
}
