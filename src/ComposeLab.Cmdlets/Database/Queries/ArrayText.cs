using System.Globalization;
using System.Text;

namespace ComposeLab.Database.Queries;

/// <summary>The text of a PostgreSQL array, such as <c>{1,NULL,"a, b"}</c>.</summary>
internal static class ArrayText
{
    private const string Null = "NULL";

    /// <summary>Parses the text of an array.</summary>
    /// <param name="text">The text, with or without explicit bounds, such as <c>[0:1]={1,2}</c>.</param>
    /// <returns>The elements: texts, NULL as null, and lists for further dimensions; null if the text is not an array.</returns>
    public static IReadOnlyList<object?>? Split(string text)
    {
        int at = text.StartsWith('[') ? text.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        return at < text.Length && text[at] == '{' ? Elements(text, ref at) : null;
    }

    // Starts at the opening brace and ends after the closing one.
    private static List<object?> Elements(string text, ref int at)
    {
        List<object?> elements = [];
        var element = new StringBuilder();
        bool wasQuoted = false;
        for (at++; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\':
                    element.Append(text[++at]);
                    break;
                case '"':
                    wasQuoted = true;
                    for (at++; at < text.Length && text[at] != '"'; at++)
                    {
                        element.Append(text[at] == '\\' ? text[++at] : text[at]);
                    }

                    break;
                case '{':
                    elements.Add(Elements(text, ref at));
                    at--;
                    break;
                case ',' or '}':
                    if (element.Length > 0 || wasQuoted)
                    {
                        elements.Add(!wasQuoted && element.ToString() == Null ? null : element.ToString());
                    }

                    if (text[at] == '}')
                    {
                        at++;
                        return elements;
                    }

                    element.Clear();
                    wasQuoted = false;
                    break;
                default:
                    element.Append(text[at]);
                    break;
            }
        }

        return elements;
    }

    /// <summary>Writes an array.</summary>
    /// <param name="elements">The elements: null, texts, values with an invariant text, or lists of these.</param>
    /// <returns>The text.</returns>
    public static string Join(IEnumerable<object?> elements) => $"{{{string.Join(',', elements.Select(One))}}}";

    private static string One(object? element) => element switch
    {
        null => Null,
        object?[] inner => Join(inner),
        byte[] bytes => Quote(@"\x" + Convert.ToHexString(bytes)),
        DateTime or DateTimeOffset => Quote(((IFormattable)element).ToString("O", CultureInfo.InvariantCulture)),
        _ => Quote(Convert.ToString(element, CultureInfo.InvariantCulture)!),
    };

    private static string Quote(string text) =>
        $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
