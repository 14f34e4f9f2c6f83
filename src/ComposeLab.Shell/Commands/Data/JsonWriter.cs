using System.Collections;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Writes objects as JSON, as PowerShell does.</summary>
internal static class JsonWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="depth">How many levels are written as objects.</param>
    /// <param name="enumNames">Whether enumerations are written by name.</param>
    /// <param name="compress">Whether white space is left out.</param>
    /// <param name="token">Ends the work early.</param>
    public static string Write(object? value, int depth, bool enumNames, bool compress, CancellationToken token)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, compress ? Compact : Indented))
        {
            Value(writer, value, depth, enumNames, token);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Value(Utf8JsonWriter writer, object? value, int depth, bool enumNames, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null or DBNull: writer.WriteNullValue(); return;
            case string text: writer.WriteStringValue(text); return;
            case bool flag: writer.WriteBooleanValue(flag); return;
            case Enum name when enumNames: writer.WriteStringValue(name.ToString()); return;
            case Enum number: writer.WriteRawValue(number.ToString("D")); return;
            case DateTime or DateTimeOffset: writer.WriteRawValue(JsonSerializer.Serialize(plain, plain.GetType())); return;
            case Guid or Uri or char or Version or SemanticVersion: writer.WriteStringValue(plain.ToString()); return;
            case double or float or decimal or int or long or short or byte or uint or ulong or ushort or sbyte:
                writer.WriteRawValue(JsonSerializer.Serialize(plain, plain.GetType())); return;
            case System.Numerics.BigInteger large: writer.WriteRawValue(large.ToString()); return;
        }

        if (depth < 0)
        {
            writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(value));
            return;
        }

        switch (plain)
        {
            case IDictionary table:
                Members(writer, table.Cast<DictionaryEntry>().Select(entry => (LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value)), depth, enumNames, token);
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Value(writer, item, depth - 1, enumNames, token);
                }

                writer.WriteEndArray();
                break;
            default:
                Members(writer, PSObject.AsPSObject(value!).Properties.Where(property => property.IsGettable).Select(property => (property.Name, Safe(property))), depth, enumNames, token);
                break;
        }
    }

    private static void Members(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> members, int depth, bool enumNames, CancellationToken token)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Value(writer, value, depth - 1, enumNames, token);
        }

        writer.WriteEndObject();
    }

    private static object? Safe(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
