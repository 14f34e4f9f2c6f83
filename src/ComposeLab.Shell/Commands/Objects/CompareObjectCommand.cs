using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Shows what one of two sets has and the other has not.</summary>
[Cmdlet(VerbsData.Compare, "Object")]
internal sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _difference = [];

    /// <summary>The set to compare with.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    /// <summary>The set to compare.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    /// <summary>The properties to compare by; the objects themselves where nothing is given.</summary>
    [Parameter]
    public object[] Property { get; set; } = [];

    /// <summary>Shows what both have, too.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Leaves out what only one has.</summary>
    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    /// <summary>Tells letters of different case apart.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _difference.AddRange(DifferenceObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var rest = new List<PSObject>(_difference);
        var missing = new List<PSObject>();
        foreach (var item in ReferenceObject)
        {
            var match = rest.FindIndex(other => Alike(item, other));
            if (match < 0)
            {
                missing.Add(item);
                continue;
            }

            rest.RemoveAt(match);
            if (IncludeEqual || ExcludeDifferent)
            {
                Show(item, "==");
            }
        }

        if (!ExcludeDifferent)
        {
            rest.ForEach(item => Show(item, "=>"));
            missing.ForEach(item => Show(item, "<="));
        }
    }

    private bool Alike(PSObject left, PSObject right)
    {
        var comparer = new ValueComparer(!CaseSensitive);
        return Property.Length == 0
            ? comparer.Equals(left, right)
            : Property.Select(PropertyChoice.From).All(choice => comparer.Equals(choice.Value(left), choice.Value(right)));
    }

    private void Show(PSObject item, string side)
    {
        var result = new PSObject();
        foreach (var choice in Property.Select(PropertyChoice.From))
        {
            result.Properties.Add(new PSNoteProperty(choice.Name, choice.Value(item)));
        }

        if (Property.Length == 0)
        {
            result.Properties.Add(new PSNoteProperty("InputObject", item));
        }

        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}
