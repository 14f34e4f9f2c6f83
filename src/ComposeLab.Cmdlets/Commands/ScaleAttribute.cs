using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ComposeLab.Commands;

/// <summary>Accepts the number of containers by service as a table, <c>@{ api = 2 }</c>, or in the form of <c>docker compose</c>, <c>api=2</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ScaleAttribute : ArgumentTransformationAttribute
{
    /// <summary>Reads the result of <see cref="Transform"/>.</summary>
    /// <param name="scale">The table.</param>
    /// <returns>The number of containers by service.</returns>
    internal static IReadOnlyDictionary<string, int> Read(Hashtable scale) =>
        scale.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (int)entry.Value!, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var scale = new Hashtable(StringComparer.Ordinal);
        switch (value)
        {
            case IDictionary table:
                foreach (DictionaryEntry entry in table)
                {
                    Add(scale, Text(entry.Key), Text(entry.Value));
                }

                break;
            case string one:
                Split(scale, one);
                break;
            case IEnumerable several:
                foreach (object? item in several)
                {
                    Split(scale, Text(item));
                }

                break;
            default:
                throw Invalid(Text(value));
        }

        return scale;
    }

    private static void Split(Hashtable scale, string text)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        if (sign <= 0)
        {
            throw Invalid(text);
        }

        Add(scale, text[..sign], text[(sign + 1)..]);
    }

    private static void Add(Hashtable scale, string service, string number)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            throw Invalid($"{service}={number}");
        }

        scale[service] = count;
    }

    private static string Text(object? value) =>
        Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture) ?? "";

    private static ArgumentTransformationMetadataException Invalid(string found) =>
        new($"Expected the number of containers by service, such as @{{ api = 2 }} or api=2, found '{found}'.");
}
