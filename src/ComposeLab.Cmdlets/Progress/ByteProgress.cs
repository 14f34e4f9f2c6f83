using System.Diagnostics;
using System.Management.Automation;
using ComposeLab.Formatting;
using ComposeLab.Pipeline;

namespace ComposeLab.Progress;

/// <summary>Shows how many bytes were processed, a few times a second.</summary>
/// <param name="output">Receives the progress.</param>
/// <param name="activity">The title.</param>
internal sealed class ByteProgress(IPipelineOutput output, string activity) : IDisposable
{
    private const int Id = 1;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private bool _isShown;

    /// <summary>Shows the number, unless the last one was shown just now.</summary>
    /// <param name="bytes">The bytes so far.</param>
    public void Report(long bytes)
    {
        if (_since.Elapsed >= Pause)
        {
            _since.Restart();
            _isShown = true;
            output.Progress(new ProgressRecord(Id, activity, ByteText.Of(bytes)));
        }
    }

    /// <summary>Removes the progress from the screen.</summary>
    public void Dispose()
    {
        if (_isShown)
        {
            output.Progress(new ProgressRecord(Id, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
