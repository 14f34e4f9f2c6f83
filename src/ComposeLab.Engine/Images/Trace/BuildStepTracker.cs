using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Images.Trace;

/// <summary>The steps of a build, each with its last lines of output.</summary>
/// <param name="stepChanged">Called for each step that starts or ends.</param>
/// <param name="ownStages">The number of the Dockerfile's own stages if another one, for the context, was put before them; otherwise 0.</param>
internal sealed partial class BuildStepTracker(Action<BuildStep> stepChanged, int ownStages = 0)
{
    private const int KeptLines = 20;

    // Resolving an existing base image takes a moment, and BuildKit does not always report it as cached.
    private static readonly TimeSpan BaseIsThere = TimeSpan.FromMilliseconds(100);

    private readonly List<string> _order = [];
    private readonly Dictionary<string, BuildStep> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<string>> _output = new(StringComparer.Ordinal);

    /// <summary>The steps in the order in which they began.</summary>
    public IReadOnlyList<BuildStep> Steps => [.. _order.Select(key => _steps[key])];

    /// <summary>The step that failed itself, not because of another step.</summary>
    public BuildStep? Failed => Steps.FirstOrDefault(step => step.Error is { } error && !error.Contains("context canceled", StringComparison.Ordinal));

    /// <summary>The last lines of a step.</summary>
    /// <param name="step">The step.</param>
    /// <returns>At most 20, oldest first.</returns>
    public IReadOnlyList<string> Output(BuildStep step) =>
        _order.Find(key => _steps[key] == step) is { } key && _output.TryGetValue(key, out var lines) ? [.. lines] : [];

    /// <summary>Processes a message of BuildKit.</summary>
    /// <param name="message">A progress message.</param>
    public void Add(TraceMessage message)
    {
        foreach (var vertex in message.Vertexes)
        {
            Add(vertex);
        }

        foreach (var log in message.Logs)
        {
            Write(log.Vertex, log.Text);
        }
    }

    /// <summary>Adds a step or updates its state.</summary>
    /// <param name="key">Its identifier in this build.</param>
    /// <param name="step">Its state.</param>
    public void Put(string key, BuildStep step)
    {
        if (!_steps.TryGetValue(key, out var known))
        {
            _order.Add(key);
        }

        _steps[key] = step;
        if (step != known)
        {
            stepChanged(step);
        }
    }

    /// <summary>Stores output of a step.</summary>
    /// <param name="key">The step's identifier.</param>
    /// <param name="text">Any number of lines.</param>
    public void Write(string key, string text)
    {
        if (!_output.TryGetValue(key, out var lines))
        {
            _output[key] = lines = new Queue<string>();
        }

        foreach (var line in Colors().Replace(text, string.Empty).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }
        }
    }

    [GeneratedRegex(@"^\[(?:(?<stage>[^\]]+) )?(?<number>\d+)/(?<total>\d+)\] (?<instruction>.*)$", RegexOptions.Singleline)]
    private static partial Regex Title();

    // The classic builder colors the standard error of a step.
    [GeneratedRegex(@"\x1B\[[0-9;]*[A-Za-z]")]
    private static partial Regex Colors();

    private void Add(TraceVertex vertex)
    {
        var title = Title().Match(vertex.Name);
        // Other names are internal steps of the builder, such as loading the context or exporting.
        if (!title.Success || (vertex.Started is null && !vertex.Cached && vertex.Error.Length == 0))
        {
            return;
        }

        if (ownStages > 0 && title.Groups["stage"].Value == DockerfileEdits.ContextStage)
        {
            return;
        }

        if (vertex.Started is { } started)
        {
            _started[vertex.Digest] = started;
        }

        var ended = vertex.Completed is not null || vertex.Error.Length > 0;
        var duration = vertex.Completed - _started.GetValueOrDefault(vertex.Digest, vertex.Completed ?? default);
        var instruction = DockerfileEdits.Shown(title.Groups["instruction"].Value);
        var cached = vertex.Cached || (ended && vertex.Error.Length == 0 && duration < BaseIsThere && instruction.StartsWith("FROM ", StringComparison.Ordinal));
        Put(vertex.Digest, new BuildStep
        {
            Stage = OwnStage(title.Groups["stage"].Value),
            Number = int.Parse(title.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
            Total = int.Parse(title.Groups["total"].ValueSpan, CultureInfo.InvariantCulture),
            Instruction = instruction,
            Cached = cached,
            Completed = ended,
            Duration = cached ? TimeSpan.Zero : duration,
            Error = vertex.Error.Length == 0 ? null : vertex.Error,
        });
    }

    // The builder numbers stages without a name, and calls a single one nothing.
    private string OwnStage(string stage) => ownStages switch
    {
        0 => stage,
        1 => UnnamedStage().IsMatch(stage) ? "" : stage,
        _ => UnnamedStage().Replace(stage, match => (int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture)),
    };

    [GeneratedRegex(@"(?<=^stage-)\d{1,6}$")]
    private static partial Regex UnnamedStage();
}
