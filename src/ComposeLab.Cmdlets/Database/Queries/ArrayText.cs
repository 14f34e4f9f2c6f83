using System.Globalization;
using System.Text;

namespace ComposeLab.Database.Queries;

/// <summary>The text of a PostgreSQL array, such as <c>{1,NULL,"a, b"}</c>.</summary>
internal static class ArrayText
{
    private const string Null = "NULL";

    /// <summary>Takes the text of an array with one dimension apart.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The elements, NULL as null; null for an array with more dimensions or with bounds of its own.</returns>
    public static IReadOnlyList<string?>? Split(string text)
    {
        if (text.Length < 2 || text[0] != '{')
        {
            return null;
        }

        List<string?> elements = [];
        var element = new StringBuilder();
        bool isQuoted = false;
        bool wasQuoted = false;
        for (int index = 1; index < text.Length; index++)
        {
            char sign = text[index];
            switch (sign)
            {
                case '\\':
                    element.Append(text[++index]);
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    wasQuoted = true;
                    break;
                case '{' when !isQuoted:
                    return null;
                case ',' or '}' when !isQuoted:
                    if (elements.Count > 0 || element.Length > 0 || wasQuoted)
                    {
                        elements.Add(!wasQuoted && element.ToString() == Null ? null : element.ToString());
                    }

                    element.Clear();
                    wasQuoted = false;
                    break;
                default:
                    element.Append(sign);
                    break;
            }
        }

        return elements;
    }

    /// <summary>Writes an array.</summary>
    /// <param name="elements">The elements: null, texts, values that have an invariant text, or lists of such.</param>
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
