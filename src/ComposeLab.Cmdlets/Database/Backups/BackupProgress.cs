using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ComposeLab.Formatting;
using ComposeLab.Pipeline;

namespace ComposeLab.Database.Backups;

/// <summary>Shows the bytes and the tables of a backup or a restore, twice a second.</summary>
/// <param name="output">Receives the progress.</param>
/// <param name="activity">The title.</param>
internal sealed class BackupProgress(IPipelineOutput output, string activity) : IDisposable
{
    private const int Id = 41_900;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly object _gate = new();
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private string _step = "";
    private string _table = "";
    private int _done;
    private int _tables;
    private long _bytes;
    private long _total;
    private bool _isShown;

    /// <summary>Begins a step.</summary>
    /// <param name="step">What is done, such as <c>restore</c>.</param>
    /// <param name="tables">The number of tables; 0 if unknown.</param>
    /// <param name="total">The number of bytes; 0 if unknown.</param>
    public void Begin(string step, int tables = 0, long total = 0) => Change(() =>
    {
        (_step, _table, _done, _tables, _bytes, _total) = (step, "", 0, tables, 0, total);
        output.Verbose($"{activity}: {step}");
    });

    /// <summary>Reports the bytes so far.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Bytes(long bytes) => Change(() => _bytes = bytes);

    /// <summary>Reports the next table.</summary>
    /// <param name="table">Its name.</param>
    public void Table(string table) => Change(() => (_table, _done) = (table, _done + 1));

    /// <summary>Removes the progress from the screen.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isShown)
            {
                output.Progress(new ProgressRecord(Id, activity, "done") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            if (_since.Elapsed < Pause)
            {
                return;
            }

            _since.Restart();
            _isShown = true;
            string[] parts =
            [
                _step,
                _bytes == 0 ? "" : _total > 0 ? $"{ByteText.Of(_bytes)} of {ByteText.Of(_total)}" : ByteText.Of(_bytes),
                _done == 0 || _tables == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"table {Math.Min(_done, _tables)} of {_tables}"),
                _table,
            ];
            output.Progress(new ProgressRecord(Id, activity, string.Join(", ", parts.Where(part => part.Length > 0)))
            {
                PercentComplete = _total > 0 ? (int)Math.Min(100, 100 * _bytes / _total) : _tables > 0 ? 100 * Math.Min(_done, _tables) / _tables : -1,
            });
        }
    }
}
