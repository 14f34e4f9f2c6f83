using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Chooses objects, or properties of them.</summary>
[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "Properties")]
internal sealed class SelectObjectCommand : CollectingCommand
{
    private static readonly ValueComparer Same = new(ignoreCase: false);
    private readonly List<PSObject> _seen = [];
    private int _index = -1;
    private int _written;

    /// <summary>The properties to keep or compute.</summary>
    [Parameter(Position = 0, ParameterSetName = "Properties")]
    public object[] Property { get; set; } = [];

    /// <summary>Properties to leave out; wildcards allowed.</summary>
    [Parameter(ParameterSetName = "Properties")]
    public string[] ExcludeProperty { get; set; } = [];

    /// <summary>Writes the values of this property instead.</summary>
    [Parameter(ParameterSetName = "Properties")]
    public string ExpandProperty { get; set; } = "";

    /// <summary>Writes equal objects once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>How many from the start; the pipeline ends with the last of them.</summary>
    [Parameter(ParameterSetName = "Properties")]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    /// <summary>How many from the end.</summary>
    [Parameter(ParameterSetName = "Properties")]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>How many to leave out at the start (with -Last: at the end).</summary>
    [Parameter(ParameterSetName = "Properties")]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>How many to leave out at the end.</summary>
    [Parameter(ParameterSetName = "Properties")]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    /// <summary>The zero-based positions to keep.</summary>
    [Parameter(ParameterSetName = "Index")]
    [ValidateRange(0, int.MaxValue)]
    public int[] Index { get; set; } = [];

    private bool Limited => MyInvocation.BoundParameters.ContainsKey(nameof(First));

    private bool FromEnd => MyInvocation.BoundParameters.ContainsKey(nameof(Last));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Limited && First == 0 && !FromEnd)
        {
            PipelineEnd.Stop(this);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _index++;
        if (FromEnd || SkipLast > 0)
        {
            base.ProcessRecord();
            return;
        }

        if (Index.Length > 0)
        {
            if (Index.Contains(_index))
            {
                Emit(InputObject);
            }

            return;
        }

        if (_index < Skip || InputObject is null)
        {
            return;
        }

        Emit(InputObject);
        if (Limited && _written >= First)
        {
            PipelineEnd.Stop(this);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var chosen = FromEnd
            ? Items.SkipLast(Skip).TakeLast(Last)
            : Items.Skip(Skip).SkipLast(SkipLast);
        foreach (var item in Limited && FromEnd ? Items.Take(First).Concat(chosen.Where(item => Items.IndexOf(item) >= First)) : chosen)
        {
            Emit(item);
        }
    }

    private void Emit(PSObject? item)
    {
        if (item is null)
        {
            return;
        }

        foreach (var result in Shape(item))
        {
            if (Unique && _seen.Exists(known => Alike(known, result)))
            {
                continue;
            }

            _seen.Add(result);
            WriteObject(result);
        }

        _written++;
    }

    private IEnumerable<PSObject> Shape(PSObject item)
    {
        if (ExpandProperty.Length > 0)
        {
            var value = PropertyChoice.From(ExpandProperty).Value(item);
            if (value is null && item.Properties[ExpandProperty] is null)
            {
                WriteError(new ErrorRecord(
                    new PSArgumentException($"Expected a property '{ExpandProperty}', found none."), "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
                return [];
            }

            return value is null ? [] : LanguagePrimitives.GetEnumerable(value)?.Cast<object>().Select(PSObject.AsPSObject) ?? [PSObject.AsPSObject(value)];
        }

        return Property.Length == 0 && ExcludeProperty.Length == 0 ? [item] : [Picked(item)];
    }

    private PSObject Picked(PSObject item)
    {
        var excluded = ExcludeProperty.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        var result = new PSObject();
        foreach (var choice in (Property.Length == 0 ? ["*"] : Property).Select(PropertyChoice.From))
        {
            foreach (var (name, value) in choice.Read(item))
            {
                if (!Array.Exists(excluded, pattern => pattern.IsMatch(name)) && result.Properties[name] is null)
                {
                    result.Properties.Add(new PSNoteProperty(name, value));
                }
            }
        }

        foreach (var type in item.TypeNames.Reverse())
        {
            result.TypeNames.Insert(0, $"Selected.{type}");
        }

        return result;
    }

    private static bool Alike(PSObject left, PSObject right)
    {
        if (left.BaseObject is not PSCustomObject || right.BaseObject is not PSCustomObject)
        {
            return Same.Equals(left, right);
        }

        return left.Properties.Count() == right.Properties.Count()
            && left.Properties.All(property => right.Properties[property.Name] is { } other && Same.Equals(property.Value, other.Value));
    }
}
