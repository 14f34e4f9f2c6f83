using System.Collections;
using System.Management.Automation;
using System.Text;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>The lines of a CSV text, in both directions; every value is quoted, as PowerShell does.</summary>
internal static class CsvText
{
    /// <summary>Writes objects; the first one names the columns.</summary>
    /// <param name="items">The objects.</param>
    /// <param name="delimiter">Between two values.</param>
    public static IEnumerable<string> Write(IReadOnlyList<PSObject> items, char delimiter)
    {
        if (items.Count == 0)
        {
            yield break;
        }

        var names = Columns(items[0]);
        yield return string.Join(delimiter, names.Select(Quote));
        foreach (var item in items)
        {
            yield return string.Join(delimiter, names.Select(name => Cell(item, name)));
        }
    }

    /// <summary>Reads objects; the first line names the columns.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="delimiter">Between two values.</param>
    public static IEnumerable<PSObject> Read(string text, char delimiter)
    {
        using var rows = Rows(text, delimiter).GetEnumerator();
        if (!rows.MoveNext())
        {
            yield break;
        }

        var names = rows.Current;
        while (rows.MoveNext())
        {
            var result = new PSObject();
            for (var i = 0; i < names.Count; i++)
            {
                result.Properties.Add(new PSNoteProperty(names[i], i < rows.Current.Count ? rows.Current[i] : null));
            }

            yield return result;
        }
    }

    private static List<string> Columns(PSObject item) => item.BaseObject is IDictionary table
        ? [.. table.Keys.Cast<object>().Select(LanguagePrimitives.ConvertTo<string>)]
        : [.. item.Properties.Select(property => property.Name)];

    private static string Cell(PSObject item, string name)
    {
        var value = item.BaseObject is IDictionary table ? table[name] : item.Properties[name]?.Value;
        return value is null ? "" : Quote(LanguagePrimitives.ConvertTo<string>(value));
    }

    private static string Quote(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<List<string>> Rows(string text, char delimiter)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quoted)
            {
                if (character != '"')
                {
                    cell.Append(character);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (character == '"')
            {
                quoted = true;
            }
            else if (character == delimiter)
            {
                row.Add(cell.ToString());
                cell.Clear();
            }
            else if (character == '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (row.Count > 1 || row[0].Length > 0)
                {
                    yield return row;
                }

                row = [];
            }
            else if (character != '\r')
            {
                cell.Append(character);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString());
            yield return row;
        }
    }
}
