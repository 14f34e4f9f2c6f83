namespace ComposeLab.Engine.Images.Trace;

/// <summary>
/// A progress message of BuildKit: <c>StatusResponse</c> in its <c>api/services/control/control.proto</c>. The engine sends it in base64 as
/// <c>moby.buildkit.trace</c>.
/// </summary>
/// <param name="Vertexes">Nodes whose state changed.</param>
/// <param name="Logs">New output of steps.</param>
internal sealed record TraceMessage(IReadOnlyList<TraceVertex> Vertexes, IReadOnlyList<TraceLog> Logs)
{
    /// <summary>Decodes a message.</summary>
    /// <param name="message">Its bytes.</param>
    /// <returns>The message, without the parts that this module does not use.</returns>
    /// <exception cref="InvalidDataException">The bytes are not such a message.</exception>
    public static TraceMessage Decode(ReadOnlySpan<byte> message)
    {
        var vertexes = new List<TraceVertex>();
        var logs = new List<TraceLog>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                vertexes.Add(Vertex(reader.Bytes));
            }
            else if (reader.Field == 3)
            {
                logs.Add(Log(reader.Bytes));
            }
        }

        return new TraceMessage(vertexes, logs);
    }

    private static TraceVertex Vertex(ReadOnlySpan<byte> message)
    {
        var vertex = new TraceVertex(string.Empty, string.Empty, false, null, null, string.Empty);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            vertex = reader.Field switch
            {
                1 => vertex with { Digest = reader.Text },
                3 => vertex with { Name = reader.Text },
                4 => vertex with { Cached = reader.Number != 0 },
                5 => vertex with { Started = Time(reader.Bytes) },
                6 => vertex with { Completed = Time(reader.Bytes) },
                7 => vertex with { Error = reader.Text },
                _ => vertex,
            };
        }

        return vertex;
    }

    private static TraceLog Log(ReadOnlySpan<byte> message)
    {
        var log = new TraceLog(string.Empty, string.Empty);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            log = reader.Field switch
            {
                1 => log with { Vertex = reader.Text },
                4 => log with { Text = reader.Text },
                _ => log,
            };
        }

        return log;
    }

    private static DateTimeOffset Time(ReadOnlySpan<byte> message)
    {
        long seconds = 0;
        long nanoseconds = 0;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            seconds = reader.Field == 1 ? (long)reader.Number : seconds;
            nanoseconds = reader.Field == 2 ? (long)reader.Number : nanoseconds;
        }

        return DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddTicks(nanoseconds / 100);
    }
}

/// <summary>A piece of a step's output.</summary>
/// <param name="Vertex">The digest of the step.</param>
/// <param name="Text">The output, any number of lines.</param>
internal sealed record TraceLog(string Vertex, string Text);

/// <summary>One node of BuildKit's graph, with the data of a progress message.</summary>
/// <param name="Digest">Its identifier.</param>
/// <param name="Name">Its instruction with stage and number, or an internal step's name.</param>
/// <param name="Cached">Whether its result came from the cache.</param>
/// <param name="Started">The start time; null before the start.</param>
/// <param name="Completed">The end time; null before the end.</param>
/// <param name="Error">The error; empty if it did not fail.</param>
internal sealed record TraceVertex(string Digest, string Name, bool Cached, DateTimeOffset? Started, DateTimeOffset? Completed, string Error);
