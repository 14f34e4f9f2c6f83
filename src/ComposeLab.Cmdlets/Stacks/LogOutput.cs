using ComposeLab.Engine.Logs;
using ComposeLab.Pipeline;

namespace ComposeLab.Stacks;

/// <summary>Writes log lines to the pipeline.</summary>
internal static class LogOutput
{
    private const int MostAtOnce = 1024;
    private const int MostCharactersAtOnce = 1024 * 1024;

    // Too short to notice while following.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(25);

    /// <summary>Writes lines as they arrive. Lines that are available, or follow shortly, are written together: switching to the pipeline thread for each line would cost more
    /// than the line.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="shown">Creates the object for a line.</param>
    /// <param name="output">Receives the objects.</param>
    /// <returns>Completes when all lines are written.</returns>
    public static async Task WriteAsync(IAsyncEnumerable<ServiceLogLine> lines, Func<ServiceLogLine, object> shown, IPipelineOutput output)
    {
        var ready = new List<object>();
        int characters = 0;
        Task? due = null;
        await using IAsyncEnumerator<ServiceLogLine> line = lines.GetAsyncEnumerator();
        while (true)
        {
            Task<bool> next = line.MoveNextAsync().AsTask();
            if (ready.Count > 0 && !next.IsCompleted)
            {
                due ??= Task.Delay(LongestDelay);
                await Task.WhenAny(next, due).ConfigureAwait(false);
            }

            if (ready.Count > 0 && (!next.IsCompleted || ready.Count >= MostAtOnce || characters >= MostCharactersAtOnce))
            {
                await output.WriteEachAsync(ready).ConfigureAwait(false);
                ready.Clear();
                characters = 0;
                due = null;
            }

            if (!await next.ConfigureAwait(false))
            {
                break;
            }

            ready.Add(shown(line.Current));
            characters += line.Current.Line.Text.Length;
        }

        if (ready.Count > 0)
        {
            await output.WriteEachAsync(ready).ConfigureAwait(false);
        }
    }

    /// <summary>Creates the object for a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The object.</returns>
    public static LabLogLine Line(ServiceLogLine line) => new()
    {
        ProjectName = line.Container.Project,
        Service = line.Container.Service,
        Number = line.Container.Number,
        Container = line.Container.Name,
        Node = line.Container.Node?.Name ?? "",
        TaskId = line.Container.TaskId,
        Time = line.Line.Time,
        Stream = line.Line.IsError ? LabStream.Error : LabStream.Output,
        Text = line.Line.Text,
        IsPart = line.Line.IsPart,
    };
}
