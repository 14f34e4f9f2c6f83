using System.Text;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Secrets;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>Reads the messages of pg_dump, pg_restore and psql: the table they work on, and their errors.</summary>
/// <param name="onTable">Receives each table when its rows are processed.</param>
internal sealed partial class ClientMessages(Action<string> onTable) : WriteOnlyStream
{
    private const int LongestLine = 64 * 1024;
    private const int MostErrors = 200;

    private readonly MemoryStream _line = new();
    private readonly List<string> _errors = [];
    private string _last = "";

    /// <summary>The errors so far, in the words of the program; secrets are masked.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The last line that was not a progress message; for a program that ended without an error message.</summary>
    public string Last => _last;

    /// <summary>Whether an error of a restore does not matter: a newer program sets a parameter that an older server does not have.</summary>
    /// <param name="error">The message.</param>
    /// <returns>True if the restored database is complete in spite of it.</returns>
    public static bool IsHarmless(string error) =>
        error.Contains("unrecognized configuration parameter \"transaction_timeout\"", StringComparison.Ordinal)
        || error.Contains("errors ignored on restore", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadOnlySpan<byte> rest = buffer.Span;
        int end;
        while ((end = rest.IndexOf((byte)'\n')) >= 0)
        {
            Append(rest[..end]);
            Take();
            rest = rest[(end + 1)..];
        }

        Append(rest);
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads a last line without a line break.</summary>
    public void End() => Take();

    private void Append(ReadOnlySpan<byte> bytes) => _line.Write(bytes[..(int)Math.Min(bytes.Length, LongestLine - _line.Length)]);

    private void Take()
    {
        string line = Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length).TrimEnd('\r');
        _line.SetLength(0);
        if (Table().Match(line) is { Success: true } table)
        {
            onTable(table.Groups["table"].Value);
        }
        else if (Error().Match(line) is { Success: true } error)
        {
            if (_errors.Count < MostErrors)
            {
                _errors.Add(SecretMask.Standard.MaskText(error.Groups["text"].Value));
            }
        }
        else if (line.Length > 0)
        {
            _last = SecretMask.Standard.MaskText(line);
        }
    }

    [GeneratedRegex("^pg_\\w+: (?:dumping contents of table|processing data for table) \"(?<table>.+)\"$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"^(?:\S+: error: |psql:[^:]*:\d+: (?=ERROR|FATAL|PANIC)|psql:[^:]*:\d+: error: )(?<text>.+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Error();
}
