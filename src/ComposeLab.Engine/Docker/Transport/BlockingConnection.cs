using System.Net.Sockets;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// A connection of its own to a Unix socket, for one answer that is read on the calling thread. The engine sends each line of a log by itself; with asynchronous
/// reads, each of them wakes up several threads, which costs far more than the line. Not safe for calls at the same time.
/// </summary>
internal sealed class BlockingConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly HttpMessageInvoker _invoker;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly CancellationToken _token;
    private readonly EngineLimits _limits;
    private Stream? _body;

    /// <summary>Prepares a connection.</summary>
    /// <param name="path">The path of the socket.</param>
    /// <param name="around">Adds the handlers that every answer of the engine passes.</param>
    /// <param name="limits">The longest waits for the headers and for the next bytes.</param>
    /// <param name="token">Ends the connection.</param>
    public BlockingConnection(string path, Func<HttpMessageHandler, HttpMessageHandler> around, EngineLimits limits, CancellationToken token)
    {
        (_limits, _token) = (limits, token);
        _invoker = new HttpMessageInvoker(around(new SocketsHttpHandler
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
        _cancellation = token.Register(_socket.Dispose);
    }

    /// <summary>Sends the request and waits for the headers of the answer.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The answer; its status may be an error.</returns>
    /// <exception cref="TimeoutException">The limit passed without an answer.</exception>
    public HttpResponseMessage Send(HttpRequestMessage request) => InTime(_limits.Read, () => _invoker.Send(request, _token));

    /// <summary>Reads the next bytes of the answer. Waits until there is at least one.</summary>
    /// <param name="answer">The answer of <see cref="Send"/>.</param>
    /// <param name="buffer">Receives them.</param>
    /// <returns>The number of bytes; 0 at the end.</returns>
    /// <exception cref="TimeoutException">The limit passed without bytes.</exception>
    public int Read(HttpResponseMessage answer, byte[] buffer) => InTime(_limits.Transfer, () =>
    {
        _body ??= answer.Content.ReadAsStream(_token);
        int count = 0;
        while (count < buffer.Length && (count == 0 || _socket.Available > 0))
        {
            int read = _body.Read(buffer, count, buffer.Length - count);
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        return count;
    });

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _cancellation.Dispose();
        _body?.Dispose();
        _invoker.Dispose();
        _socket.Dispose();
    }

    private T InTime<T>(TimeSpan limit, Func<T> call)
    {
        try
        {
            _socket.ReceiveTimeout = (int)limit.TotalMilliseconds;
            return call();
        }
        catch (Exception fault) when (_token.IsCancellationRequested)
        {
            throw new OperationCanceledException(fault.Message, fault, _token);
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
