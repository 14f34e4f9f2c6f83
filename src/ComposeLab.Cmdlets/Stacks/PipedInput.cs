using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using ComposeLab.Errors;

namespace ComposeLab.Stacks;

/// <summary>The standard input of a command, collected from the pipeline: text, one line for each object, or bytes.</summary>
internal sealed class PipedInput
{
    private readonly MemoryStream _bytes = new();

    /// <summary>Whether there was any object, even an empty one.</summary>
    public bool IsGiven { get; private set; }

    /// <summary>The bytes so far.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.ToArray();

    /// <summary>Adds an object.</summary>
    /// <param name="value">Text, a number, bytes, or a list of these.</param>
    /// <exception cref="LabException">InputNotText: it cannot be converted to text.</exception>
    public void Append(object? value)
    {
        IsGiven = true;
        switch (value)
        {
            case null:
                break;
            case PSObject wrapped when wrapped.BaseObject is not PSCustomObject:
                Append(wrapped.BaseObject);
                break;
            case byte[] bytes:
                _bytes.Write(bytes);
                break;
            case byte one:
                _bytes.WriteByte(one);
                break;
            case object[] several:
                foreach (object? item in several)
                {
                    Append(item);
                }

                break;
            case PSObject or IDictionary or PSCustomObject:
                throw NotText(value);
            case object other when other.GetType().GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is { } owner && (owner == typeof(object) || owner == typeof(ValueType)):
                throw NotText(value);
            default:
                _bytes.Write(Encoding.UTF8.GetBytes(Text(value) + "\n"));
                break;
        }
    }

    /// <summary>The text of a value in a table of variables.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Its text in the invariant culture; empty for null.</returns>
    public static string Text(object? value) => value is PSObject wrapped
        ? Text(wrapped.BaseObject)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static LabException NotText(object value) => new(
        LabErrorId.InputNotText,
        $"Cannot convert the piped object to text: expected text or bytes, found {(value is PSObject or PSCustomObject ? "a custom object" : value.GetType())}.",
        "Use ConvertTo-Json -Compress before the pipe for one line per object, or Out-String for the text shown on screen",
        value.GetType().Name);
}
