using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>It: a test.</summary>
[Cmdlet(VerbsCommon.Add, "SpecIt", DefaultParameterSetName = "Normal")]
internal sealed class ItCommand : SpecCommand
{
    /// <summary>The test's name; may hold templates.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string Name { get; set; } = "";

    /// <summary>The test's code.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    public ScriptBlock Test { get; set; } = ScriptBlock.Create("");

    /// <summary>Makes the test once for each item.</summary>
    [Parameter]
    [Alias("TestCases")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    /// <summary>Words by which tests can be chosen; accepted, as nothing is chosen here.</summary>
    [Parameter]
    public string[] Tag { get; set; } = [];

    /// <summary>Skips the test.</summary>
    [Parameter(ParameterSetName = "Skip")]
    public SwitchParameter Skip { get; set; }

    /// <summary>Skips the test, as not written yet.</summary>
    [Parameter(ParameterSetName = "Pending")]
    public SwitchParameter Pending { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Block.IsRoot)
        {
            throw new PSInvalidOperationException("It cannot stand outside of Describe or Context.");
        }

        foreach (var row in SpecData.Rows(MyInvocation.BoundParameters.ContainsKey(nameof(ForEach)), ForEach))
        {
            Block.Items.Add(new SpecTest(Block, Name, Test, Skip || Pending, row));
        }
    }
}
