using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Gives a random number, or random members of a list.</summary>
[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "Number")]
internal sealed class GetRandomCommand : PSCmdlet
{
    private readonly List<object> _items = [];

    /// <summary>The upper limit, never reached.</summary>
    [Parameter(Position = 0, ParameterSetName = "Number")]
    public long Maximum { get; set; } = int.MaxValue;

    /// <summary>The lower limit.</summary>
    [Parameter(ParameterSetName = "Number")]
    public long Minimum { get; set; }

    /// <summary>The list to choose from.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "List")]
    public object[] InputObject { get; set; } = [];

    /// <summary>How many to give.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _items.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == "Number")
        {
            WriteObject(Enumerable.Range(0, Count).Select(_ => Number()), enumerateCollection: true);
            return;
        }

        var items = _items.ToArray();
        Random.Shared.Shuffle(items);
        WriteObject(items.Take(Count), enumerateCollection: true);
    }

    private object Number()
    {
        var number = Random.Shared.NextInt64(Minimum, Maximum);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : number;
    }
}
