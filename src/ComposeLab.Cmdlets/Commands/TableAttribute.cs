using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ComposeLab.Commands;

/// <summary>Accepts names with values as a table, <c>@{ LEVEL = 'debug' }</c>, or in the form of <c>docker</c>, <c>LEVEL=debug</c>. A name alone has no value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TableAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = Bare(inputData);
        switch (value)
        {
            case Hashtable or null:
                return value!;
            case IDictionary other:
                return new Hashtable(other, StringComparer.Ordinal);
        }

        var table = new Hashtable(StringComparer.Ordinal);
        foreach (object? item in value is object[] several ? several : [value])
        {
            if (Bare(item) is not string text || text.StartsWith('=') || text.Length == 0)
            {
                throw new ArgumentTransformationMetadataException(
                    $"Expected names with values, such as @{{ LEVEL = 'debug' }} or LEVEL=debug, found '{Convert.ToString(Bare(item), CultureInfo.InvariantCulture)}'.");
            }

            int sign = text.IndexOf('=', StringComparison.Ordinal);
            table[sign < 0 ? text : text[..sign]] = sign < 0 ? null : text[(sign + 1)..];
        }

        return table;
    }

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
