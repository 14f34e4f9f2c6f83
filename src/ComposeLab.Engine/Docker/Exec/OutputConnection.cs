using System.Buffers.Binary;
using Docker.DotNet;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// The output of a command without input, read on a thread of its own that waits in the system. The client library wakes up several times for each of the small
/// pieces in which the engine sends output.
/// </summary>
/// <param name="connection">The connection; disposed with this.</param>
internal sealed class OutputConnection(BlockingConnection connection) : IExecOutput
{
    private const int BufferBytes = 256 * 1024;
    private const int HeaderBytes = 8;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    /// <summary>Starts the command.</summary>
    /// <param name="request">The request that starts it.</param>
    /// <param name="limit">How long the engine may take to answer.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the engine has accepted the request.</returns>
    /// <exception cref="DockerApiException">The engine rejected the call.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public Task StartAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken token) => OnThread(() =>
    {
        HttpResponseMessage answer = connection.Send(request, limit, token);
        if ((int)answer.StatusCode >= 400)
        {
            using var body = new StreamReader(answer.Content.ReadAsStream(token));
            throw new DockerApiException(answer.StatusCode, body.ReadToEnd());
        }
    });

    /// <inheritdoc/>
    public async Task CopyAsync(Stream output, Stream error, CancellationToken token)
    {
        Task copying = OnThread(() => Copy(output, error, token));
        try
        {
            await copying.WaitAsync(token).ConfigureAwait(false);
        }
        finally
        {
            // The caller closes the two streams.
            await Task.WhenAny(copying, Task.Delay(EndLimit, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static Task OnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Copy(Stream output, Stream error, CancellationToken token)
    {
        Stream target = output;
        long left = 0;
        while (true)
        {
            if (left > 0 && _end > _start)
            {
                int count = (int)Math.Min(left, _end - _start);
                Write(target, _buffer.AsMemory(_start, count), token);
                _start += count;
                left -= count;
            }
            else if (left == 0 && _end - _start >= HeaderBytes)
            {
                ReadOnlySpan<byte> header = _buffer.AsSpan(_start, HeaderBytes);
                if (header[0] > 2 || header[1] != 0 || header[2] != 0 || header[3] != 0)
                {
                    throw new InvalidDataException("the output of the command is not in the format of the Docker API");
                }

                target = header[0] == 2 ? error : output;
                left = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
                _start += HeaderBytes;
            }
            else if (!Fill(token))
            {
                // The engine sends whole pieces: a part of one means that it is gone.
                if (left > 0 || _end > _start)
                {
                    throw new EndOfStreamException("the connection was lost");
                }

                return;
            }
        }
    }

    private static void Write(Stream target, ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        ValueTask writing = target.WriteAsync(bytes, token);
        if (writing.IsCompletedSuccessfully)
        {
            writing.GetAwaiter().GetResult();
        }
        else
        {
            writing.AsTask().GetAwaiter().GetResult();
        }
    }

    // Only a part of a header is ever moved.
    private bool Fill(CancellationToken token)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int count = connection.Read(new ArraySegment<byte>(_buffer, _end, _buffer.Length - _end), Timeout.InfiniteTimeSpan, token);
        _end += count;
        return count > 0;
    }
}
