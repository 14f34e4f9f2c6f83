using System.Text;

namespace ComposeLab.EnvFiles;

/// <summary>
/// Converts the text of a <c>.env.example</c> to that of a <c>.env</c>: comments and order are kept, specified values are set, and passwords that are empty in the
/// example are generated.
/// </summary>
internal static class EnvTemplate
{
    /// <summary>Fills the template.</summary>
    /// <param name="example">The text of the example file.</param>
    /// <param name="values">Values to set by name; a name that is not in the example is added at the end.</param>
    /// <param name="password">Returns the password for a name that is empty in the example.</param>
    /// <returns>The text of the new file, its values, and the names of the generated passwords.</returns>
    public static FilledTemplate Fill(string example, IReadOnlyDictionary<string, string> values, Func<string, string> password)
    {
        var text = new StringBuilder();
        var generated = new List<string>();
        var assigned = new Dictionary<string, string>(values, StringComparer.Ordinal);
        var open = new HashSet<string>(values.Keys, StringComparer.Ordinal);
        foreach (string line in example.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            string? name = NameOf(line);
            string filled = line;
            if (name is not null && values.TryGetValue(name, out string? given))
            {
                filled = Assign(name, given);
                open.Remove(name);
            }
            else if (name is not null)
            {
                string value = ValueOf(line);
                if (PasswordGenerator.IsOpen(name, value))
                {
                    value = password(name);
                    filled = Assign(name, value);
                    generated.Add(name);
                }

                assigned[name] = value;
            }

            text.Append(filled).Append('\n');
        }

        foreach (string name in values.Keys.Where(open.Contains))
        {
            text.Append(Assign(name, values[name])).Append('\n');
        }

        return new FilledTemplate(text.ToString(), assigned, generated);
    }

    /// <summary>Reads the plain assignments of an example.</summary>
    /// <param name="example">The text of the example file.</param>
    /// <param name="values">Values that replace those of the example.</param>
    /// <returns>The values by name, without quotes; passwords to generate are empty.</returns>
    public static IReadOnlyDictionary<string, string> Assignments(string example, IReadOnlyDictionary<string, string> values) =>
        Fill(example, values, static _ => "").Values;

    /// <summary>Whether a text is a valid variable name.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for letters, digits and underscores.</returns>
    public static bool IsName(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string ValueOf(string line) => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().Trim('"', '\'');

    private static string? NameOf(string line)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? "" : line[..equals].Trim();
        return IsName(name) ? name : null;
    }

    // Single quotes are the only form that the parser does not change. Values that do not need quotes are written without them.
    private static string Assign(string name, string value) =>
        value.All(static c => char.IsAsciiLetterOrDigit(c) || "-_.:/@%+,".Contains(c, StringComparison.Ordinal))
            ? $"{name}={value}"
            : value.EndsWith('\\') || value.Contains("\\'", StringComparison.Ordinal)
                ? $"{name}=\"{Escape(value)}\""
                : $"{name}='{value.Replace("'", "\\'", StringComparison.Ordinal)}'";

    // A backslash before a single quote escapes that quote, so such a value needs double quotes and their escapes.
    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal);
}
