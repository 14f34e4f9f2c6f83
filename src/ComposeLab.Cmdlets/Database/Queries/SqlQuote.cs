namespace ComposeLab.Database.Queries;

/// <summary>Writes names and values into SQL.</summary>
internal static class SqlQuote
{
    /// <summary>Quotes a name.</summary>
    /// <param name="name">The name of a role, table or another object, in its exact spelling.</param>
    /// <returns>The name in double quotes.</returns>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Quotes a value, for sessions with standard_conforming_strings.</summary>
    /// <param name="text">The value.</param>
    /// <returns>The value in single quotes.</returns>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
