using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ComposeLab.Errors;
using Npgsql;

namespace ComposeLab.Database.Queries;

/// <summary>Makes an error of the catalogue out of what the server says about a query, with its place in the query's text.</summary>
internal static partial class QueryFaults
{
    /// <summary>Makes the error.</summary>
    /// <param name="answer">What the server said.</param>
    /// <param name="query">The query as it was typed.</param>
    /// <param name="parameters">The values that were bound, by name.</param>
    /// <returns>The error; its target holds SqlState, Line, LineText, StartColumn and EndColumn.</returns>
    public static LabException Of(PostgresException answer, string query, Hashtable parameters)
    {
        var text = new StringBuilder($"{answer.SqlState}: {answer.MessageText}");
        Append(text, "", answer.Detail);
        var target = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase) { ["SqlState"] = answer.SqlState };
        if (answer.Position > 0 && answer.InternalQuery is null && Find(query, answer) is { } statement)
        {
            Place(target, text, query, statement.Start + Original(statement.Text, answer.Position, parameters) - 1);
        }

        string hint = answer.Hint is { Length: > 0 } said ? said : "Mend the query; the server changed nothing of the statement that failed.";
        return new LabException(LabErrorId.QueryFailed, text.ToString(), hint, target, answer);
    }

    /// <summary>Makes the error for a COPY between client and server, the one statement that needs another way.</summary>
    /// <param name="fault">What the client library said.</param>
    /// <returns>The error.</returns>
    public static LabException OfCopy(NotSupportedException fault) => new(
        LabErrorId.QueryFailed,
        "Expected statements that answer with rows, found COPY FROM STDIN or TO STDOUT, which moves a file.",
        "Get-Content FILE | Invoke-LabCommand db -- psql -U USER -c 'COPY TABLE FROM STDIN'",
        inner: fault);

    private static (int Start, string Text)? Find(string query, PostgresException answer)
    {
        try
        {
            return Statements.Find(query, answer.Position, answer.MessageText);
        }
        catch (RegexMatchTimeoutException)
        {
            // What the server said counts more than where.
            return null;
        }
    }

    private static void Place(Dictionary<string, object> target, StringBuilder text, string query, int at)
    {
        int offset = Math.Clamp(at, 0, query.Length);
        int lineStart = offset == 0 ? 0 : query.LastIndexOf('\n', offset - 1) + 1;
        int lineEnd = query.IndexOf('\n', offset) is >= 0 and var end ? end : query.Length;
        int line = query.AsSpan(0, offset).Count('\n') + 1;
        int column = offset - lineStart + 1;
        int length = Word().Match(query, offset) is { Success: true } word && word.Index == offset ? word.Length : 1;
        target["Line"] = line;
        target["LineText"] = query[lineStart..lineEnd].TrimEnd('\r');
        target["StartColumn"] = column;
        target["EndColumn"] = column + length;
        text.Append(CultureInfo.InvariantCulture, $"\n  at line {line}, column {column}: {query[lineStart..lineEnd].Trim()}");
    }

    // Names are replaced by numbers before the server sees the text, which moves what stands behind them.
    private static int Original(string statement, int position, Hashtable parameters)
    {
        if (parameters.Count == 0)
        {
            return position;
        }

        List<string> order = [];
        int shift = 0;
        foreach (Match match in Names().Matches(statement))
        {
            string name = match.Groups["name"].Value;
            if (name.Length == 0 || !parameters.Keys.Cast<object>().Any(key => string.Equals(key.ToString()!.TrimStart('@', ':'), name, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            if (match.Index - shift + 1 >= position)
            {
                break;
            }

            int number = order.FindIndex(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
            if (number < 0)
            {
                order.Add(name);
                number = order.Count - 1;
            }

            shift += match.Length - 1 - (number + 1).ToString(CultureInfo.InvariantCulture).Length;
        }

        return position + shift;
    }

    private static void Append(StringBuilder text, string heading, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append("\n  ").Append(heading).Append(value);
        }
    }

    [GeneratedRegex(@"'(?:[^']|'')*'|--[^\n]*|(?<![\w@:])[@:](?<name>[A-Za-z_]\w*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
