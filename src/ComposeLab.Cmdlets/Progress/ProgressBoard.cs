using System.Management.Automation;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Pipeline;

namespace ComposeLab.Progress;

/// <summary>
/// Converts engine events to progress records. The stack is the first line, and each service and image has a line below it. Layers and build steps are added up for
/// their image. Milestones are written to the verbose stream, which scripts can save.
/// </summary>
internal sealed class ProgressBoard : IEngineEvents, IDisposable
{
    // A terminal redraws the whole board for each record. Faster updates cannot be read.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // Far above the small numbers that scripts use for their own progress.
    private const int FirstId = 42_000;

    private readonly object _gate = new();
    private readonly IPipelineOutput _output;
    private readonly int _steps;
    private readonly string _activity;
    private readonly Dictionary<string, ProgressRow> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<(ResourceId, string)> _done = [];
    private readonly ITimer _timer;
    private ProgressRow _root;
    private bool _closed;
    private bool _idle;

    /// <summary>Opens the board.</summary>
    /// <param name="output">Where the records go.</param>
    /// <param name="activity">The title of the work, such as <c>Start composelab</c>.</param>
    /// <param name="steps">The number of steps; 0 if unknown.</param>
    /// <param name="time">The clock that decides when records are written.</param>
    public ProgressBoard(IPipelineOutput output, string activity, int steps, TimeProvider time)
    {
        _output = output;
        _steps = steps;
        _activity = activity;
        _root = new ProgressRow(FirstId, -1, activity);
        _timer = time.CreateTimer(static board => ((ProgressBoard)board!).Write(), this, Interval, Interval);
    }

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (engineEvent.Phase == EventPhase.Warning)
            {
                _output.Warning(RemedyText.Of($"{engineEvent.Resource}: {engineEvent.Status}", engineEvent.Remedy));
            }
            else if (engineEvent.Phase == EventPhase.Output)
            {
                _output.Verbose($"{engineEvent.Resource}: {engineEvent.Status}");
                return;
            }
            else if (engineEvent.Parent is null && engineEvent.Phase == EventPhase.Done && _done.Add((engineEvent.Resource, engineEvent.Status)))
            {
                _output.Verbose($"{engineEvent.Resource}: {engineEvent.Status}");
                _root.Advance("", Math.Min(_done.Count, _steps), _steps);
            }

            _idle = false;
            _root.Say($"{engineEvent.Parent ?? engineEvent.Resource}: {engineEvent.Status}");
            if (RowOf(engineEvent) is { } row)
            {
                row.Say(engineEvent.Status);
                row.Advance(engineEvent.Resource.ToString(), engineEvent.Current, engineEvent.Total);
            }
        }
    }

    /// <summary>Removes every line from the screen until the next event: one piece of work is done, and the command waits for another.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                Complete();
                _rows.Clear();
                _done.Clear();
                _root = new ProgressRow(FirstId, -1, _activity);
                _idle = true;
            }
        }
    }

    /// <summary>Removes every line from the screen, children first.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            Complete();
        }
    }

    private void Complete() => Send(_rows.Values.Reverse().Append(_root).Select(row => row.Complete()));

    private void Write()
    {
        lock (_gate)
        {
            if (!_closed && !_idle)
            {
                Send(_rows.Values.Prepend(_root).Select(row => row.News()));
            }
        }
    }

    // Networks and volumes are created and removed very fast: the first line shows their names, and they have no own lines.
    private ProgressRow? RowOf(EngineEvent engineEvent)
    {
        ResourceId top = engineEvent.Parent ?? engineEvent.Resource;
        string? name = top.Kind == ResourceKind.Image ? top.ToString() : engineEvent.Service;
        if (name is null)
        {
            return null;
        }

        if (!_rows.TryGetValue(name, out ProgressRow? row))
        {
            row = new ProgressRow(FirstId + 1 + _rows.Count, FirstId, name);
            _rows.Add(name, row);
        }

        return row;
    }

    private void Send(IEnumerable<ProgressRecord?> records)
    {
        foreach (ProgressRecord record in records.OfType<ProgressRecord>())
        {
            _output.Progress(record);
        }
    }
}
