using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ComposeLab.Engine.Docker;

/// <content>What containers print.</content>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<LogLine> ReadLogsAsync(
        string container, LogQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        var parameters = new ContainerLogsParameters
        {
            ShowStdout = true,
            ShowStderr = true,
            Timestamps = true,
            Follow = query.Follow,
            Tail = query.Tail?.ToString(CultureInfo.InvariantCulture) ?? "all",
            Since = Moment(query.Since),
            Until = Moment(query.Until),
        };
        using MultiplexedStream stream = await CallAsync(
            () => client.Containers.GetContainerLogsAsync(container, parameters, token), token).ConfigureAwait(false);
        var lines = new LogLineSplitter();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            MultiplexedStream.ReadResult read = await CallAsync(
                () => stream.ReadOutputAsync(buffer, 0, buffer.Length, token), token).ConfigureAwait(false);
            foreach (LogLine line in read.EOF
                ? lines.Finish()
                : lines.Add(buffer.AsSpan(0, read.Count), read.Target == MultiplexedStream.TargetStream.StandardError))
            {
                yield return line;
            }

            if (read.EOF)
            {
                yield break;
            }
        }
    }

    private static string? Moment(DateTimeOffset? time) => time is { } moment
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{moment.ToUnixTimeSeconds()}.{moment.UtcTicks % TimeSpan.TicksPerSecond * 100:D9}")
        : null;

    /// <summary>Cuts the two streams of a log into lines and takes the engine's time off each.</summary>
    private sealed class LogLineSplitter
    {
        private readonly List<byte>[] _pending = [[], []];

        public List<LogLine> Add(ReadOnlySpan<byte> bytes, bool isError)
        {
            List<LogLine> lines = [];
            List<byte> pending = _pending[isError ? 1 : 0];
            while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
            {
                pending.AddRange(bytes[..end]);
                lines.Add(Line(pending, isError));
                pending.Clear();
                bytes = bytes[(end + 1)..];
            }

            pending.AddRange(bytes);
            return lines;
        }

        public List<LogLine> Finish()
        {
            List<LogLine> lines = [];
            for (int stream = 0; stream < _pending.Length; stream++)
            {
                if (_pending[stream].Count > 0)
                {
                    lines.Add(Line(_pending[stream], stream == 1));
                }
            }

            return lines;
        }

        // The engine's nanoseconds are cut off, never rounded up: who asks for the log since a line's time must get that line.
        private static string Ticks(string stamp)
        {
            int point = stamp.IndexOf('.', StringComparison.Ordinal);
            return point > 0 && stamp.Length > point + 8 && stamp[^1] == 'Z' ? stamp[..(point + 8)] + "Z" : stamp;
        }

        private static LogLine Line(List<byte> bytes, bool isError)
        {
            string text = Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
            int space = text.IndexOf(' ', StringComparison.Ordinal);
            string stamp = space < 0 ? text : text[..space];
            return DateTimeOffset.TryParse(Ticks(stamp), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? new LogLine(time, isError, space < 0 ? "" : text[(space + 1)..])
                : new LogLine(default, isError, text);
        }
    }
}
