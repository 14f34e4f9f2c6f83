using System.Diagnostics;
using System.Management.Automation;
using System.Text;

namespace ComposeLab.Shell.Hosting;

/// <summary>The live block of progress at the bottom of a terminal: a tree of activities, one line each.</summary>
internal sealed class ProgressBlock
{
    private const int MostLines = 12;

    /// <summary>The least time between two drawings of the same activities.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly List<(long Source, ProgressRecord Record)> _active = [];
    private readonly Stopwatch _sinceDrawn = new();
    private int _linesShown;

    /// <summary>Whether it stands on the screen.</summary>
    public bool IsShown => _linesShown > 0;

    /// <summary>Takes one record in.</summary>
    /// <param name="source">The command that reports.</param>
    /// <param name="record">What it reports.</param>
    /// <returns>True where it is time to draw: an activity came or went, or the last drawing is old enough.</returns>
    public bool Update(long source, ProgressRecord record)
    {
        var index = _active.FindIndex(entry => entry.Source == source && entry.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (index >= 0)
            {
                _active.RemoveAt(index);
            }

            return index >= 0;
        }

        if (index < 0)
        {
            _active.Add((source, record));
            return true;
        }

        _active[index] = (source, record);
        return !_sinceDrawn.IsRunning || _sinceDrawn.Elapsed >= Interval;
    }

    /// <summary>The characters that replace the shown block by the current one.</summary>
    /// <param name="width">The terminal's width, in columns.</param>
    public string Draw(int width)
    {
        var text = new StringBuilder(Erase());
        foreach (var line in Lines(width))
        {
            text.Append(line).Append('\n');
            _linesShown++;
        }

        _sinceDrawn.Restart();
        return text.ToString();
    }

    /// <summary>The characters that remove the shown block; empty where none is shown.</summary>
    public string Erase()
    {
        if (_linesShown == 0)
        {
            return "";
        }

        var erase = $"\e[{_linesShown}A\r\e[J";
        _linesShown = 0;
        return erase;
    }

    /// <summary>Forgets every activity, also those that were never completed.</summary>
    public void Forget() => _active.Clear();

    private IEnumerable<string> Lines(int width) =>
        _active
            .Where(entry => !IsChild(entry))
            .SelectMany(entry => Tree(entry, 0))
            .Take(MostLines)
            .Select(line => line.Length < width ? line : line[..(width - 1)]);

    private bool IsChild((long Source, ProgressRecord Record) entry) =>
        entry.Record.ParentActivityId >= 0 && entry.Record.ParentActivityId != entry.Record.ActivityId
        && _active.Exists(other => other.Source == entry.Source && other.Record.ActivityId == entry.Record.ParentActivityId);

    private IEnumerable<string> Tree((long Source, ProgressRecord Record) entry, int depth)
    {
        yield return Line(entry.Record, depth);
        foreach (var child in _active.Where(child => IsChild(child) && child.Source == entry.Source
            && child.Record.ParentActivityId == entry.Record.ActivityId && depth < MostLines))
        {
            foreach (var line in Tree(child, depth + 1))
            {
                yield return line;
            }
        }
    }

    private static string Line(ProgressRecord record, int depth)
    {
        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete,3}%" : "";
        var left = record.SecondsRemaining >= 0 ? $" {TimeSpan.FromSeconds(record.SecondsRemaining):c} left" : "";
        var current = string.IsNullOrEmpty(record.CurrentOperation) ? "" : $" ({record.CurrentOperation})";
        return $"{new string(' ', depth * 2)}{record.Activity}: {record.StatusDescription}{current}{percent}{left}".ReplaceLineEndings(" ");
    }
}
