using System.Collections;
using System.Management.Automation;

namespace ComposeLab.Shell.Specs;

/// <summary>One row of <c>-ForEach</c>: the item is <c>$_</c>, and a table's entries are variables.</summary>
internal sealed class SpecData
{
    private SpecData()
    {
    }

    /// <summary>No row.</summary>
    public static SpecData None => new();

    /// <summary>The variables to define.</summary>
    public Hashtable Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values to bind to a <c>param</c> block.</summary>
    public Hashtable Splat { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the rows.</summary>
    /// <param name="given">Whether <c>-ForEach</c> was given at all; an empty list makes no row.</param>
    /// <param name="items">Its items.</param>
    public static IEnumerable<SpecData> Rows(bool given, object?[]? items) =>
        given ? (items ?? []).Select(Row) : [None];

    private static SpecData Row(object? item)
    {
        var row = new SpecData();
        row.Variables["_"] = item;
        if ((item is PSObject wrapped ? wrapped.BaseObject : item) is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                var name = LanguagePrimitives.ConvertTo<string>(entry.Key);
                row.Variables[name] = entry.Value;
                row.Splat[name] = entry.Value;
            }
        }

        return row;
    }
}
