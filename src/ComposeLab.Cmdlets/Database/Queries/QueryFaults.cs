using System.Collections;
using System.Globalization;
using System.Text;
using ComposeLab.Errors;
using ComposeLab.Projects;
using Npgsql;

namespace ComposeLab.Database.Queries;

/// <summary>Creates an error of the catalog from the server's message about a query, with its place in the query text.</summary>
internal static class QueryFaults
{
    /// <summary>Creates the error.</summary>
    /// <param name="answer">The server's message.</param>
    /// <param name="query">The query as it was typed.</param>
    /// <param name="parameters">The bound values, by name.</param>
    /// <returns>The error; its target contains SqlState, Line, LineText, StartColumn and EndColumn.</returns>
    public static LabException Of(PostgresException answer, string query, Hashtable parameters)
    {
        var text = new StringBuilder($"{answer.SqlState}: {answer.MessageText}");
        Append(text, "", answer.Detail);
        var target = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase) { ["SqlState"] = answer.SqlState };
        if (answer.Position > 0 && answer.InternalQuery is null && Statements.Find(query, answer.Position, answer.MessageText) is { } statement)
        {
            Place(target, text, query, statement.Start + Original(statement.Text, answer.Position, parameters) - 1);
        }

        string hint = answer.Hint is { Length: > 0 } said ? said : "Correct the query. The failed statement changed nothing.";
        return new LabException(LabErrorId.QueryFailed, text.ToString(), hint, target, answer);
    }

    /// <summary>Creates the error for a COPY between client and server, which needs another command.</summary>
    /// <param name="fault">The client library's exception.</param>
    /// <param name="query">The query as it was typed.</param>
    /// <param name="access">The session.</param>
    /// <returns>The error.</returns>
    public static LabException OfCopy(NotSupportedException fault, string query, DatabaseAccess access)
    {
        bool reads = query.Contains("STDIN", StringComparison.OrdinalIgnoreCase);
        string psql = $"{access.Command($"Invoke-LabCommand {CommandText.Quote(access.Login.Host)}")} -- psql -U {CommandText.Quote(access.Login.User)} -d {CommandText.Quote(access.Login.Database)} -c 'COPY ... {(reads ? "FROM STDIN" : "TO STDOUT")}'";
        return new LabException(
            LabErrorId.QueryFailed,
            $"COPY {(reads ? "FROM STDIN reads a file of the client" : "TO STDOUT writes a file of the client")}, which Invoke-LabQuery does not support.",
            reads ? $"Get-Content FILE | {psql}" : $"({psql}).Output > FILE",
            inner: fault);
    }

    private static void Place(Dictionary<string, object> target, StringBuilder text, string query, int at)
    {
        int offset = Math.Clamp(at, 0, query.Length);
        int lineStart = offset == 0 ? 0 : query.LastIndexOf('\n', offset - 1) + 1;
        int lineEnd = query.IndexOf('\n', offset) is >= 0 and var end ? end : query.Length;
        int line = query.AsSpan(0, offset).Count('\n') + 1;
        int column = offset - lineStart + 1;
        int length = Math.Max(1, query.Skip(offset).TakeWhile(SqlText.IsOfName).Count());
        target["Line"] = line;
        target["LineText"] = query[lineStart..lineEnd].TrimEnd('\r');
        target["StartColumn"] = column;
        target["EndColumn"] = column + length;
        text.Append(CultureInfo.InvariantCulture, $"\n  at line {line}, column {column}: {query[lineStart..lineEnd].Trim()}");
    }

    // Names are replaced by numbers before the server receives the text, which moves the text after them.
    private static int Original(string statement, int position, Hashtable parameters)
    {
        if (parameters.Count == 0)
        {
            return position;
        }

        string[] known = [.. parameters.Keys.Cast<object>().Select(key => key.ToString()!.TrimStart('@', ':'))];
        List<string> order = [];
        int shift = 0;
        foreach ((int at, string name) in ParameterNames.In(statement).Where(found => known.Contains(found.Name, StringComparer.OrdinalIgnoreCase)))
        {
            if (at - shift + 1 >= position)
            {
                break;
            }

            int number = order.FindIndex(earlier => string.Equals(earlier, name, StringComparison.OrdinalIgnoreCase));
            if (number < 0)
            {
                order.Add(name);
                number = order.Count - 1;
            }

            shift += name.Length - (number + 1).ToString(CultureInfo.InvariantCulture).Length;
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
}
