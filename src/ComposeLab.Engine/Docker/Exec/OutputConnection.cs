using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Docker.DotNet;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// The connection of a command that has output only, over a unix socket. The engine sends output in small pieces, and the client library wakes up several times for
/// each of them. This connection has a thread of its own that waits in the system, and reads as much as has arrived.
/// </summary>
internal sealed class OutputConnection : IExecConnection
{
    private const int BufferBytes = 256 * 1024;
    private const int HeaderBytes = 8;
    private const int LongestHead = 16 * 1024;
    private const int LongestError = 64 * 1024;
    private const int FewBytes = 32 * 1024;
    private const int ShortOutput = 64 * 1024;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    // Waking up for each small piece costs more than the piece, so a few are let arrive. The engine's side of the socket has room for them.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private long _received;

    private OutputConnection(Socket socket) => _socket = socket;

    /// <summary>Starts a command that was created.</summary>
    /// <param name="path">The path of the engine's socket.</param>
    /// <param name="api">The API version.</param>
    /// <param name="id">The engine's id of the command.</param>
    /// <param name="limit">How long the engine may take to answer.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The connection; the caller disposes it.</returns>
    /// <exception cref="DockerApiException">The engine rejected the call.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public static async Task<OutputConnection> OpenAsync(string path, Version api, string id, TimeSpan limit, CancellationToken token)
    {
        var connection = new OutputConnection(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        end.CancelAfter(limit);
        try
        {
            await connection.OnThreadAsync(() => connection.Open(path, api, id), end.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception fault)
        {
            connection.Dispose();
            if (fault is OperationCanceledException && !token.IsCancellationRequested)
            {
                throw new TimeoutException("", fault);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async Task CopyAsync(Stream output, Stream error, CancellationToken token)
    {
        Task copying = OnThreadAsync(() => Copy(output, error, token), token);
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
    public Task WriteAsync(byte[] data, CancellationToken token) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void CloseInput() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    // Closing the socket ends its calls.
    private Task OnThreadAsync(Action work, CancellationToken token) => Task.Factory.StartNew(
        () =>
        {
            using CancellationTokenRegistration end = token.UnsafeRegister(_ => _socket.Dispose(), null);
            try
            {
                work();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException && token.IsCancellationRequested)
            {
                throw new OperationCanceledException(token);
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Open(string path, Version api, string id)
    {
        const string Body = """{"Detach":false,"Tty":false}""";
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _socket.Send(Encoding.ASCII.GetBytes(
            $"POST /v{api}/exec/{Uri.EscapeDataString(id)}/start HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
        int head;
        while ((head = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (_end > LongestHead || !Fill())
            {
                throw new InvalidDataException("its answer is not HTTP");
            }
        }

        _start = head + 4;
        string[] lines = Encoding.ASCII.GetString(_buffer, 0, head).Split("\r\n");
        string[] status = lines[0].Split(' ', 3);
        if (status.Length < 2 || !status[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || !int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
        {
            throw new InvalidDataException("its answer is not HTTP");
        }

        if (code is not (101 or 200))
        {
            throw new DockerApiException((System.Net.HttpStatusCode)code, Rest(lines));
        }
    }

    // The reason of a rejected call, which the engine sends as JSON.
    private string Rest(string[] head)
    {
        string? length = head.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?[15..];
        int bytes = int.TryParse(length, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int known) ? Math.Min(known, LongestError) : LongestError;
        while (_end - _start < bytes && Fill())
        {
        }

        return Encoding.UTF8.GetString(_buffer, _start, Math.Min(bytes, _end - _start));
    }

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
            else if (!Fill())
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

    // Only a part of a header is ever moved, or the head of the answer.
    private bool Fill()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_received > ShortOutput && _socket.Available < FewBytes)
        {
            Thread.Sleep(Gathering);
        }

        int count = _socket.Receive(_buffer, _end, _buffer.Length - _end, SocketFlags.None);
        _end += count;
        _received += count;
        return count > 0;
    }
}
