using System.Management.Automation;

namespace ComposeLab.Progress;

/// <summary>One line of the progress board: the stack, a service or an image.</summary>
/// <param name="id">Its number on the board.</param>
/// <param name="parent">The number of the parent line; -1 for the first line.</param>
/// <param name="activity">The title of the line.</param>
internal sealed class ProgressRow(int id, int parent, string activity)
{
    private readonly Dictionary<string, (long Current, long Total)> _parts = new(StringComparer.Ordinal);
    private string _status = " ";
    private int _percent = -1;
    private bool _shown;
    private bool _changed = true;
    private bool _completed;

    /// <summary>Sets the current status.</summary>
    /// <param name="status">A few words.</param>
    public void Say(string status)
    {
        _changed |= !string.Equals(_status, status, StringComparison.Ordinal);
        _status = string.IsNullOrWhiteSpace(status) ? " " : status;
    }

    /// <summary>Sets the progress of one part of the line's work; the parts are added up.</summary>
    /// <param name="part">The part, such as a layer of an image.</param>
    /// <param name="current">Work done.</param>
    /// <param name="total">Work to do, in the same unit; parts of unknown size are not counted.</param>
    public void Advance(string part, long current, long total)
    {
        if (total <= 0)
        {
            return;
        }

        _parts[part] = (Math.Clamp(current, 0, total), total);
        _changed |= Percent() > _percent;
    }

    /// <summary>Returns the record that shows the changes of the line.</summary>
    /// <returns>The record; null if nothing changed or the line is completed.</returns>
    public ProgressRecord? News()
    {
        if (!_changed || _completed)
        {
            return null;
        }

        // A part that appears late increases the total. The shown value is kept, because a shrinking bar looks like an error.
        _percent = Math.Max(_percent, Percent());
        _changed = false;
        _shown = true;
        return Record(ProgressRecordType.Processing);
    }

    /// <summary>Returns the record that removes the line from the screen.</summary>
    /// <returns>The record; null if the line was never shown or is already removed.</returns>
    public ProgressRecord? Complete()
    {
        bool needed = _shown && !_completed;
        _completed = true;
        return needed ? Record(ProgressRecordType.Completed) : null;
    }

    private int Percent() =>
        _parts.Count == 0 ? -1 : (int)(100.0 * _parts.Values.Sum(part => (double)part.Current) / _parts.Values.Sum(part => (double)part.Total));

    private ProgressRecord Record(ProgressRecordType type) =>
        new(id, activity, _status) { ParentActivityId = parent, PercentComplete = _percent, RecordType = type };
}
