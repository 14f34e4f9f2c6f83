using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Images.Trace;

/// <summary>Reads the engine's output during a build line by line and stores the relevant parts. Supports both builders.</summary>
/// <param name="stepChanged">Called for each step that starts or ends.</param>
/// <param name="clock">Measures the steps of the classic builder, which reports no times.</param>
/// <param name="ownStages">The number of the Dockerfile's own stages if another one, for the context, was put before them; otherwise 0.</param>
internal sealed partial class BuildTranscript(Action<BuildStep> stepChanged, TimeProvider clock, int ownStages = 0)
{
    private readonly BuildStepTracker _book = new(stepChanged, ownStages);
    private ClassicSteps? _classic;

    /// <summary>The instructions in the order in which they began.</summary>
    public IReadOnlyList<BuildStep> Steps => _book.Steps;

    /// <summary>The image's id; null until it is built.</summary>
    public string? ImageId { get; private set; }

    /// <summary>The engine's error message of a failed build, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>The step that failed; null if none did.</summary>
    public BuildStep? FailedStep => Error is null ? null : _book.Failed ?? _classic?.Current;

    /// <summary>The failed step's last output, oldest first.</summary>
    public IReadOnlyList<string> FailedOutput => FailedStep is { } step ? _book.Output(step) : [];

    /// <summary>Takes a progress message from another source than the engine's output.</summary>
    /// <param name="message">The message.</param>
    public void Add(TraceMessage message) => _book.Add(message);

    /// <summary>Takes the result from another source than the engine's output.</summary>
    /// <param name="imageId">The image's id; null if the build failed.</param>
    /// <param name="error">The error; null if it did not fail.</param>
    public void End(string? imageId, string? error) => (ImageId, Error) = (imageId, error);

    /// <summary>Reads a line.</summary>
    /// <param name="line">One JSON object.</param>
    /// <exception cref="InvalidDataException">The line is not a JSON object, or its trace cannot be decoded.</exception>
    public void Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            Read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("expected a line of the engine's build progress, found something else", fault);
        }
    }

    private void Read(JsonElement message)
    {
        if (message.TryGetProperty("errorDetail", out var detail))
        {
            Error = detail.TryGetProperty("message", out var text) ? WithOwnLine(text.GetString()) : "unknown error";
        }
        else if (message.TryGetProperty("error", out var error))
        {
            Error = WithOwnLine(error.GetString());
        }
        else if (message.TryGetProperty("aux", out var aux))
        {
            if (aux.ValueKind == JsonValueKind.String)
            {
                _book.Add(TraceMessage.Decode(aux.GetBytesFromBase64()));
            }
            else if (aux.TryGetProperty("ID", out var id))
            {
                ImageId = id.GetString();
            }
        }
        else if (message.TryGetProperty("stream", out var stream))
        {
            (_classic ??= new ClassicSteps(_book, clock)).Add(stream.GetString() ?? string.Empty);
        }
    }

    // The stage for the context is two lines.
    private string? WithOwnLine(string? error) => ownStages == 0 || error is null
        ? error
        : LineNumber().Replace(error, match => Math.Max(1, int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) - 2).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<=parse error (?:on )?line )\d{1,6}")]
    private static partial Regex LineNumber();
}
