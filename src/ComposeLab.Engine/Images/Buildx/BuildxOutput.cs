using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ComposeLab.Engine.Images.Trace;

namespace ComposeLab.Engine.Images.Buildx;

/// <summary>
/// Reads the progress of the docker-buildx plugin: JSON objects, on one line or on several, or plain text (<c>#5 [2/3] RUN make</c>). Other lines are messages.
/// </summary>
/// <param name="transcript">Receives the steps.</param>
/// <param name="time">The time of steps whose output has none.</param>
internal sealed partial class BuildxOutput(BuildTranscript transcript, TimeProvider time)
{
    private const int LongestObject = 4 * 1024 * 1024;
    private const int KeptMessages = 200;

    // What programs on the way to the builder put before the builder's own words.
    private static readonly string[] Wrappings =
    [
        "ERROR: ", "error: ", "failed to build: ", "failed to solve: ", "rpc error: code = Unknown desc = ", "failed to solve with frontend dockerfile.v0: ", "failed to create LLB definition: ",
    ];

    private readonly StringBuilder _object = new();
    private readonly Queue<string> _messages = new();
    private readonly Dictionary<string, TraceVertex> _plain = new(StringComparer.Ordinal);

    /// <summary>The bytes of the build context that were sent.</summary>
    public long ContextBytes { get; private set; }

    /// <summary>The line of the Dockerfile that failed, from 1; 0 if the builder does not name it.</summary>
    public int ErrorLine { get; private set; }

    /// <summary>The reason of a failure, in the builder's words.</summary>
    public string Error
    {
        get
        {
            string[] lines = [.. _messages];
            int start = Array.FindLastIndex(lines, line => line.StartsWith("ERROR: ", StringComparison.OrdinalIgnoreCase));
            string text = string.Join(' ', start < 0 ? lines.TakeLast(5) : lines[start..]).Trim();
            while (Wrappings.FirstOrDefault(wrapping => text.StartsWith(wrapping, StringComparison.Ordinal)) is { } found)
            {
                text = text[found.Length..];
            }

            return text;
        }
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its end.</param>
    public void Read(string line)
    {
        if (_object.Length > 0 || line.StartsWith('{'))
        {
            Collect(line);
        }
        else if (Plain().Match(line) is { Success: true } plain)
        {
            ReadPlain(plain.Groups["key"].Value, plain.Groups["text"].Value);
        }
        else if (line.Length > 0)
        {
            Keep(line);
        }
    }

    [GeneratedRegex(@"^#(?<key>\d{1,9}) (?<text>.*)$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(?<seconds>\d{1,9}\.\d{1,9}) (?<text>.*)$")]
    private static partial Regex PlainLog();

    [GeneratedRegex(@"^[^:]+:(?<line>\d{1,9})$")]
    private static partial Regex Place();

    private static DateTimeOffset? Time(JsonElement vertex, string name) => vertex.TryGetProperty(name, out JsonElement time) && time.TryGetDateTimeOffset(out DateTimeOffset value) ? value : null;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static IEnumerable<JsonElement> Items(JsonElement message, string name) =>
        message.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    private void Keep(string line)
    {
        if (line.All(character => character == '-') && _messages.LastOrDefault() is { } last && Place().Match(last) is { Success: true } place)
        {
            ErrorLine = int.Parse(place.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
        }

        _messages.Enqueue(line);
        if (_messages.Count > KeptMessages)
        {
            _messages.Dequeue();
        }
    }

    // An object that is spread over lines ends with a brace in the first column.
    private void Collect(string line)
    {
        bool isWhole = _object.Length == 0 && line != "{";
        _object.Append(line).Append('\n');
        if (!isWhole && line != "}" && _object.Length < LongestObject)
        {
            return;
        }

        string text = _object.ToString();
        _object.Clear();
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            ReadObject(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            Keep(text.TrimEnd('\n'));
        }
    }

    private void ReadObject(JsonElement message)
    {
        foreach (JsonElement status in Items(message, "statuses"))
        {
            if (Text(status, "id").StartsWith("transferring context", StringComparison.Ordinal) && status.TryGetProperty("current", out JsonElement current) && current.TryGetInt64(out long bytes))
            {
                ContextBytes = Math.Max(ContextBytes, bytes);
            }
        }

        transcript.Add(new TraceMessage(
            [.. Items(message, "vertexes").Select(vertex => new TraceVertex(
                Text(vertex, "digest"), Text(vertex, "name"), vertex.TryGetProperty("cached", out JsonElement cached) && cached.ValueKind == JsonValueKind.True,
                Time(vertex, "started"), Time(vertex, "completed"), Text(vertex, "error")))],
            [.. Items(message, "logs").Select(log => new TraceLog(
                Text(log, "vertex"), log.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetString(data.GetBytesFromBase64()) : ""))]));
    }

    private void ReadPlain(string key, string text)
    {
        DateTimeOffset now = time.GetUtcNow();
        TraceVertex known = _plain.GetValueOrDefault(key) ?? new TraceVertex(key, text, false, now, null, "");
        TraceVertex vertex = text switch
        {
            "CACHED" => known with { Cached = true, Completed = now },
            "CANCELED" => known with { Completed = now, Error = "context canceled" },
            _ when text.StartsWith("DONE ", StringComparison.Ordinal) => known with { Completed = now },
            _ when text.StartsWith("ERROR: ", StringComparison.Ordinal) => known with { Completed = now, Error = text["ERROR: ".Length..] },
            _ when text.StartsWith('[') => known with { Name = text },
            _ => known,
        };
        _plain[key] = vertex;
        transcript.Add(new TraceMessage([vertex], PlainLog().Match(text) is { Success: true } log ? [new TraceLog(key, log.Groups["text"].Value)] : []));
    }
}
