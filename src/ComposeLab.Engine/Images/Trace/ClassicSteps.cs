using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Images.Trace;

/// <summary>Finds the steps in the output of the classic builder, which is plain text: <c>Step 2/5 : RUN ...</c>.</summary>
/// <param name="book">Receives the steps.</param>
/// <param name="clock">Measures their duration.</param>
internal sealed partial class ClassicSteps(BuildStepTracker book, TimeProvider clock)
{
    private string _key = string.Empty;
    private long _began;

    /// <summary>The step that runs or ran last; null before the first.</summary>
    public BuildStep? Current { get; private set; }

    /// <summary>Processes a piece of the builder's output.</summary>
    /// <param name="text">A line, or a part of a command's output.</param>
    public void Add(string text)
    {
        var title = Title().Match(text);
        if (title.Success)
        {
            End();
            Begin(title);
        }
        else if (Current is not null && text.StartsWith(" ---> Using cache", StringComparison.Ordinal))
        {
            Change(Current with { Cached = true });
        }
        else if (text.StartsWith("Successfully built", StringComparison.Ordinal))
        {
            End();
        }
        else if (!text.StartsWith(" --->", StringComparison.Ordinal))
        {
            book.Write(_key, text);
        }
    }

    [GeneratedRegex(@"^Step (?<number>\d+)/(?<total>\d+) : (?<instruction>.*)")]
    private static partial Regex Title();

    private void Begin(Match title)
    {
        _key = title.Groups["number"].Value;
        _began = clock.GetTimestamp();
        Change(new BuildStep
        {
            Stage = string.Empty,
            Number = int.Parse(title.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
            Total = int.Parse(title.Groups["total"].ValueSpan, CultureInfo.InvariantCulture),
            Instruction = title.Groups["instruction"].Value,
        });
    }

    private void End()
    {
        if (Current is { Completed: false } step)
        {
            Change(step with { Completed = true, Duration = step.Cached ? TimeSpan.Zero : clock.GetElapsedTime(_began) });
        }
    }

    private void Change(BuildStep step)
    {
        Current = step;
        book.Put(_key, step);
    }
}
