using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Sorts objects; equal ones keep their order.</summary>
[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCommand : CollectingCommand
{
    /// <summary>What to sort by; the object itself where nothing is given.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>From high to low.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>Writes objects with equal keys once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>Tells letters of different case apart.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>Keeps the order of equal objects; always so here.</summary>
    [Parameter]
    public SwitchParameter Stable { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var comparer = new ValueComparer(!CaseSensitive);
        var choices = Property.Select(PropertyChoice.From).ToArray();
        IOrderedEnumerable<PSObject>? sorted = null;
        var keys = choices.Length == 0
            ? [(Key: item => item, Down: Descending.IsPresent)]
            : choices.Select(choice => (Key: (Func<PSObject, object?>)choice.Value, Down: choice.Descending ?? Descending.IsPresent)).ToArray();
        foreach (var (key, down) in keys)
        {
            sorted = (sorted, down) switch
            {
                (null, false) => Items.OrderBy(key, comparer),
                (null, true) => Items.OrderByDescending(key, comparer),
                ({ } before, false) => before.ThenBy(key, comparer),
                ({ } before, true) => before.ThenByDescending(key, comparer),
            };
        }

        PSObject? last = null;
        foreach (var item in sorted!)
        {
            if (!Unique || last is null || !keys.All(key => comparer.Compare(key.Key(last), key.Key(item)) == 0))
            {
                WriteObject(item);
            }

            last = item;
        }
    }
}
