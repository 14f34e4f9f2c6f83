using System.Collections.Specialized;
using System.Management.Automation;
using System.Text.Json;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Turns parsed JSON into what a script expects.</summary>
internal static class JsonReader
{
    /// <summary>Reads an element.</summary>
    /// <param name="element">The parsed JSON.</param>
    /// <param name="asTable">Whether objects become ordered hashtables.</param>
    public static object? Read(JsonElement element, bool asTable) => element.ValueKind switch
    {
        JsonValueKind.Object when asTable => Table(element),
        JsonValueKind.Object => Object(element),
        JsonValueKind.Array => element.EnumerateArray().Select(item => Read(item, asTable)).ToArray(),
        JsonValueKind.String => Text(element),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    // PowerShell reads a string that is a whole round-trip time stamp as a time.
    private static object? Text(JsonElement element) =>
        element.GetString() is { Length: >= 19 } text && text[10] == 'T' && element.TryGetDateTime(out var time) ? time : element.GetString();

    private static object Number(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        return System.Numerics.BigInteger.TryParse(element.GetRawText(), out var large) ? large : element.GetDouble();
    }

    private static PSObject Object(JsonElement element)
    {
        var result = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            result.Properties.Add(new PSNoteProperty(property.Name, Read(property.Value, asTable: false)));
        }

        return result;
    }

    private static OrderedDictionary Table(JsonElement element)
    {
        var result = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            result[property.Name] = Read(property.Value, asTable: true);
        }

        return result;
    }
}
