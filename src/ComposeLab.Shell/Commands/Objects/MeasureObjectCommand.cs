using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Counts objects, or adds up a property of them.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
internal sealed class MeasureObjectCommand : CollectingCommand
{
    /// <summary>The properties to measure; the object itself where nothing is given.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>Adds the sum.</summary>
    [Parameter]
    public SwitchParameter Sum { get; set; }

    /// <summary>Adds the mean.</summary>
    [Parameter]
    public SwitchParameter Average { get; set; }

    /// <summary>Adds the least value.</summary>
    [Parameter]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Adds the greatest value.</summary>
    [Parameter]
    public SwitchParameter Maximum { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Property.Length == 0)
        {
            WriteObject(Result(null, [.. Items]));
        }

        foreach (var choice in Property.Select(PropertyChoice.From))
        {
            WriteObject(Result(choice.Name, [.. Items.Select(choice.Value).OfType<object>()]));
        }
    }

    private PSObject Result(string? name, object[] values)
    {
        var numbers = Sum || Average ? values.Select(LanguagePrimitives.ConvertTo<double>).ToArray() : [];
        var comparer = new ValueComparer(ignoreCase: true);
        var result = new PSObject();
        result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GenericMeasureInfo");
        result.Properties.Add(new PSNoteProperty("Count", values.Length));
        result.Properties.Add(new PSNoteProperty("Average", Average && numbers.Length > 0 ? numbers.Average() : null));
        result.Properties.Add(new PSNoteProperty("Sum", Sum ? numbers.Sum() : null));
        result.Properties.Add(new PSNoteProperty("Maximum", Maximum ? values.Max(comparer) : null));
        result.Properties.Add(new PSNoteProperty("Minimum", Minimum ? values.Min(comparer) : null));
        result.Properties.Add(new PSNoteProperty("Property", name));
        return result;
    }
}
