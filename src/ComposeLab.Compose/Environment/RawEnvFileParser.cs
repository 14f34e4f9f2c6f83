using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Environment;

/// <summary>Reads an env file of <c>format: raw</c>: a name and a value per line, used unchanged, without quotes or expansion.</summary>
internal static class RawEnvFileParser
{
    /// <summary>Reads the file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="outer">Provides the values of bare names.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The entries in order.</returns>
    /// <exception cref="ComposeException">A line has no name, or a space in its name.</exception>
    public static IReadOnlyList<EnvFileEntry> Parse(EnvFileText source, Func<string, Variable?> outer, CancellationToken token)
    {
        var entries = new List<EnvFileEntry>();
        int line = 0;
        int offset = 0;
        foreach (string raw in source.Text.Split('\n'))
        {
            token.ThrowIfCancellationRequested();
            line++;
            string statement = raw.TrimEnd('\r').TrimStart();
            int column = raw.Length - raw.TrimStart().Length + 1;
            if (statement.Length > 0 && statement[0] != '#')
            {
                (string name, string? value) = Split(source, statement, offset + column - 1);
                if ((value ?? outer(name)?.Value) is { } given)
                {
                    entries.Add(new EnvFileEntry(name, given, line, column));
                }
            }

            offset += raw.Length + 1;
        }

        return entries;
    }

    private static (string Name, string? Value) Split(EnvFileText source, string statement, int offset)
    {
        int equals = statement.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? statement : statement[..equals];
        if (name.Length == 0 || name.AsSpan().ContainsAny(" \t"))
        {
            throw source.Fault(
                ComposeErrorId.EnvFileInvalid,
                offset,
                Math.Max(1, name.Length),
                name.Length == 0 ? "expected a variable name before the =" : "a variable name cannot contain a space",
                "Write NAME=value.");
        }

        return (name, equals < 0 ? null : statement[(equals + 1)..]);
    }
}
