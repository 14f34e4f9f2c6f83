using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>A word that opens a block; its body is read at once, and not again.</summary>
internal abstract class BlockCommand : SpecCommand
{
    private const string ReadBody =
        "param($____variables, $____body) foreach ($____entry in $____variables.GetEnumerator()) { $ExecutionContext.SessionState.PSVariable.Set($____entry.Key, $____entry.Value) } . $____body";

    /// <summary>The block's name; may hold templates.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string Name { get; set; } = "";

    /// <summary>The block's body.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    public ScriptBlock Fixture { get; set; } = ScriptBlock.Create("");

    /// <summary>Words by which tests can be chosen; accepted, as nothing is chosen here.</summary>
    [Parameter]
    [Alias("Tags")]
    public string[] Tag { get; set; } = [];

    /// <summary>Makes the block once for each item.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ForEach { get; set; }

    /// <summary>Skips every test in it.</summary>
    [Parameter]
    public SwitchParameter Skip { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var row in SpecData.Rows(MyInvocation.BoundParameters.ContainsKey(nameof(ForEach)), ForEach))
        {
            var parent = Block;
            var block = new SpecBlock(parent, Name, Skip, row);
            parent.Items.Add(block);
            Run.Current = block;
            try
            {
                InvokeCommand.InvokeScript(useLocalScope: true, ScriptBlock.Create(ReadBody), null, row.Variables, Fixture);
            }
            finally
            {
                Run.Current = parent;
            }
        }
    }
}
