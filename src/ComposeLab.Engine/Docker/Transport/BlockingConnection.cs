using System.Net.Sockets;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// A connection of its own to a Unix socket, for one answer that is read on the calling thread. The engine sends each line of a log and each piece of a command's
/// output by itself; with asynchronous reads, each of them wakes up several threads, which costs far more than the piece. Not safe for calls at the same time.
/// </summary>
internal sealed class BlockingConnection : IDisposable
{
    private const int FewBytes = 32 * 1024;
    private const int ShortAnswer = 64 * 1024;

    // Waking up for each small piece costs more than the piece, so a few are let arrive. The engine's side of the socket has room for them.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly HttpMessageInvoker _invoker;
    private HttpResponseMessage? _answer;
    private Stream? _body;
    private long _received;

    /// <summary>Prepares a connection.</summary>
    /// <param name="path">The path of the socket.</param>
    /// <param name="around">Adds the handlers that every answer of the engine passes.</param>
    public BlockingConnection(string path, Func<HttpMessageHandler, HttpMessageHandler> around) => _invoker = new HttpMessageInvoker(around(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseDrainSize = 0,
        ConnectCallback = (_, _) =>
        {
            // An asynchronous connect would make every later read asynchronous, too.
            _socket.Connect(new UnixDomainSocketEndPoint(path));
            return ValueTask.FromResult<Stream>(new NetworkStream(_socket, ownsSocket: true));
        },
    }));

    /// <summary>Sends the request and waits for the headers of the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="token">Ends the connection.</param>
    /// <returns>The answer, which is disposed with this; its status may be an error.</returns>
    /// <exception cref="TimeoutException">The limit passed without an answer.</exception>
    public HttpResponseMessage Send(HttpRequestMessage request, TimeSpan limit, CancellationToken token) =>
        InTime(limit, token, () => _answer = _invoker.Send(request, token));

    /// <summary>Reads the next bytes of the answer. Waits until there is at least one.</summary>
    /// <param name="buffer">Receives them.</param>
    /// <param name="limit">The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="token">Ends the connection.</param>
    /// <returns>The number of bytes; 0 at the end.</returns>
    /// <exception cref="InvalidOperationException">Nothing was sent.</exception>
    /// <exception cref="TimeoutException">The limit passed without bytes.</exception>
    public int Read(ArraySegment<byte> buffer, TimeSpan limit, CancellationToken token) => InTime(limit, token, () =>
    {
        _body ??= (_answer ?? throw new InvalidOperationException("There is no answer yet.")).Content.ReadAsStream(token);
        if (_received > ShortAnswer && _socket.Available < FewBytes)
        {
            Thread.Sleep(Gathering);
        }

        int count = 0;
        while (count < buffer.Count && (count == 0 || _socket.Available > 0))
        {
            int read = _body.Read(buffer.AsSpan(count));
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        _received += count;
        return count;
    });

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _answer?.Dispose();
        _invoker.Dispose();
        _socket.Dispose();
    }

    private T InTime<T>(TimeSpan limit, CancellationToken token, Func<T> call)
    {
        // Closing the socket ends its calls.
        using CancellationTokenRegistration end = token.UnsafeRegister(socket => ((Socket)socket!).Dispose(), _socket);
        try
        {
            _socket.ReceiveTimeout = (int)limit.TotalMilliseconds;
            return call();
        }
        catch (Exception fault) when (token.IsCancellationRequested)
        {
            throw new OperationCanceledException(fault.Message, fault, token);
        }
        catch (Exception fault) when (HasTimedOut(fault))
        {
            throw new TimeoutException("The engine sent nothing in time.", fault);
        }
    }

    private static bool HasTimedOut(Exception fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
            {
                return true;
            }
        }

        return false;
    }
}
