using System.Globalization;
using System.Runtime.CompilerServices;

namespace ComposeLab.Engine.Docker;

/// <content>Container logs.</content>
internal sealed partial class DockerEngine
{
    private const int LogBufferBytes = 64 * 1024;

    // The engine sends each line by itself. Waking up for each of them costs more than the line, so a few are let arrive.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogLine> ReadLogsAsync(
        string container, LogQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        ContainerDetails details = await ReadAsync(
            async () => ContainerResponseMapping.Details(await client.Containers.InspectContainerAsync(container, token).ConfigureAwait(false)),
            token).ConfigureAwait(false);
        if (details.LogDriver == "none")
        {
            // The engine reports this too, but some versions only after the caller has started to wait for lines.
            throw new EngineException(
                EngineErrorId.LogUnreadable,
                $"The log of {details.Name} cannot be read: its logging driver is 'none', which stores no log.",
                "Use a logging driver that stores a log, such as json-file or local.");
        }

        // Lines that exist are read in one go. New lines are waited for, which must not hold a thread.
        using BlockingConnection? connection = query.Follow ? null : transport.ConnectBlocking();
        using HttpResponseMessage answer = await OpenLogAsync("containers/" + Uri.EscapeDataString(container), query, connection, token).ConfigureAwait(false);
        await using Stream? stream = connection is null ? await answer.Content.ReadAsStreamAsync(token).ConfigureAwait(false) : null;
        var decoder = new LogDecoder(isFramed: !details.Tty);
        var lines = new List<LogLine>();
        var buffer = new byte[LogBufferBytes];
        int read;
        do
        {
            ValueTask<int> reading = stream is null ? ValueTask.FromResult(Fill(connection!, buffer, token)) : FillAsync(stream, buffer, query.Follow, token);
            bool hasWaited = !reading.IsCompleted;
            read = await reading.ConfigureAwait(false);
            if (read == 0)
            {
                decoder.Finish(lines);
            }
            else
            {
                Decode(decoder, buffer.AsSpan(0, read), lines);
            }

            foreach (LogLine line in lines)
            {
                yield return line;
            }

            lines.Clear();
            if (read > 0 && hasWaited)
            {
                await Task.Delay(Gathering, token).ConfigureAwait(false);
            }
        }
        while (read > 0);
        if (decoder.Fault is { } fault)
        {
            throw new EngineException(EngineErrorId.LogUnreadable, $"The log of {details.Name} is incomplete: {fault}", "Restart the container with another logging driver, such as local.");
        }
    }

    private async Task<HttpResponseMessage> OpenLogAsync(string place, LogQuery query, BlockingConnection? connection, CancellationToken token)
    {
        string path = string.Create(
            CultureInfo.InvariantCulture,
            $"{place}/logs?stdout=1&stderr=1&timestamps=1&follow={(query.Follow ? 1 : 0)}&tail={query.Tail?.ToString(CultureInfo.InvariantCulture) ?? "all"}");
        path += (Moment(query.Since) is { } since ? "&since=" + since : "") + (Moment(query.Until) is { } until ? "&until=" + until : "");
        HttpResponseMessage answer = await ReadAsync(
            () => connection is null ? transport.GetAsync(path, token) : Task.FromResult(connection.Send(transport.Request(path), limits.Read, token)), token).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            string body = await ReadAsync(() => answer.Content.ReadAsStringAsync(token), token).ConfigureAwait(false);
            EngineException refused = EngineFault.Refused((int)answer.StatusCode, body, "ReadLog", null);
            throw answer.StatusCode == System.Net.HttpStatusCode.NotImplemented
                ? new EngineException(EngineErrorId.LogUnreadable, refused.Message, "Use a logging driver with a readable log, such as json-file or local.", refused)
                : refused;
        }
    }

    private int Fill(BlockingConnection connection, byte[] buffer, CancellationToken token)
    {
        try
        {
            return connection.Read(buffer, limits.Transfer, token);
        }
        catch (Exception fault) when (EngineFault.Of(info.Endpoint, fault, token, nameof(ReadLogsAsync)) is { } known)
        {
            throw known;
        }
    }

    // Available lines need no wait, no task and no exception handling.
    private ValueTask<int> FillAsync(Stream stream, byte[] buffer, bool follow, CancellationToken token)
    {
        ValueTask<int> reading;
        try
        {
            reading = stream.ReadAsync(buffer, token);
        }
        catch (Exception fault) when (EngineFault.Of(info.Endpoint, fault, token, nameof(ReadLogsAsync)) is { } known)
        {
            throw known;
        }

        return reading.IsCompletedSuccessfully
            ? reading
            : new ValueTask<int>(LongAsync(reading.AsTask, follow ? Timeout.InfiniteTimeSpan : limits.Transfer, token));
    }

    private void Decode(LogDecoder decoder, ReadOnlySpan<byte> bytes, List<LogLine> lines)
    {
        try
        {
            decoder.Add(bytes, lines);
        }
        catch (InvalidDataException fault)
        {
            throw EngineFault.NotAnEngine(info.Endpoint, fault.Message, fault);
        }
    }

    private static string? Moment(DateTimeOffset? time) => time is { } moment
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{moment.ToUnixTimeSeconds()}.{moment.UtcTicks % TimeSpan.TicksPerSecond * 100:D9}")
        : null;
}
