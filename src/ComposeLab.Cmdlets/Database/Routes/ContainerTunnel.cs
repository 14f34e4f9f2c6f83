using System.Net.Sockets;
using System.Text;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;

namespace ComposeLab.Database.Routes;

/// <summary>
/// The route into a stack that publishes nothing: a socket in a private folder of this user. Every connection to it continues through a command inside a container.
/// It works with any local or remote engine, and is removed when it is disposed.
/// </summary>
internal sealed class ContainerTunnel : IDatabaseRoute
{
    private readonly IEngine _engine;
    private readonly string _container;
    private readonly string _place;
    private readonly string _target;
    private readonly int _targetPort;
    private readonly int _connectSeconds;
    private readonly DirectoryInfo _folder;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _close = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private volatile string _complaint = "";
    private volatile bool _hasStarted;

    private ContainerTunnel(IEngine engine, string container, string target, int targetPort, int connectSeconds, string? place)
    {
        _engine = engine;
        _container = container;
        _place = place ?? container;
        _target = target;
        _targetPort = targetPort;
        _connectSeconds = connectSeconds;
        (_folder, _listener) = Listen();
        _accepting = AcceptAsync();
    }

    /// <inheritdoc/>
    public string Host => _folder.FullName;

    /// <inheritdoc/>
    public int Port => DefaultPort;

    /// <inheritdoc/>
    public string Description => $"{_target}:{_targetPort} from inside {_place}";

    /// <inheritdoc/>
    public string Complaint => _complaint;

    /// <inheritdoc/>
    public bool HasStarted => _hasStarted;

    private const int DefaultPort = 5432;

    // The name that PostgreSQL clients build from folder and port.
    private string SocketFile => SocketIn(_folder);

    /// <summary>Opens a tunnel; nothing runs in the container until something connects.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Name or id of a running container.</param>
    /// <param name="target">The host that the container connects to.</param>
    /// <param name="targetPort">The port there.</param>
    /// <param name="connectSeconds">The time limit for connecting, in whole seconds; 0 for the system's default.</param>
    /// <param name="place">The name of the place in descriptions, if the container only stands in for another one; null: the container.</param>
    /// <returns>The tunnel.</returns>
    /// <exception cref="LabException">FileUnwritable: its socket cannot be created.</exception>
    public static ContainerTunnel Open(IEngine engine, string container, string target, int targetPort, int connectSeconds = 0, string? place = null) =>
        new(engine, container, target, targetPort, connectSeconds, place);

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(CancellationToken token)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketFile), token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _close.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        try
        {
            await _accepting.ConfigureAwait(false);
            Task[] open;
            lock (_connections)
            {
                open = [.. _connections];
            }

            await Task.WhenAll(open).ConfigureAwait(false);
        }
        finally
        {
            _close.Dispose();
            _folder.Delete(recursive: true);
        }
    }

    private static string SocketIn(DirectoryInfo folder) => Path.Combine(folder.FullName, $".s.PGSQL.{DefaultPort}");

    private static (DirectoryInfo Folder, Socket Listener) Listen()
    {
        DirectoryInfo? folder = null;
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            folder = Directory.CreateTempSubdirectory("composelab-");
            listener.Bind(new UnixDomainSocketEndPoint(SocketIn(folder)));
            listener.Listen();
            return (folder, listener);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or SocketException or ArgumentException)
        {
            listener.Dispose();
            folder?.Delete(recursive: true);
            throw new LabException(
                LabErrorId.FileUnwritable, $"Cannot create a socket in {Path.GetTempPath()}: {refused.Message}",
                "Set TMPDIR to a writable folder with a short path", Path.GetTempPath(), refused);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_close.IsCancellationRequested)
        {
            try
            {
                Socket accepted = await _listener.AcceptAsync(_close.Token).ConfigureAwait(false);
                lock (_connections)
                {
                    _connections.Add(ServeAsync(accepted));
                }
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        using var stream = new NetworkStream(accepted, ownsSocket: true);
        try
        {
            using IExecSession relay = await _engine.StartExecAsync(_container, RelayCommand.To(_target, _targetPort, _connectSeconds), _close.Token).ConfigureAwait(false);
            _hasStarted = true;
            using var error = new MemoryStream();
            Task up = SendAsync(stream, relay);
            try
            {
                await relay.CopyOutputAsync(stream, error, _close.Token).ConfigureAwait(false);
                _complaint = Encoding.UTF8.GetString(error.ToArray()).Trim() is { Length: > 0 } said ? said : _complaint;
                accepted.Shutdown(SocketShutdown.Both);
            }
            finally
            {
                // When the answers end, the requests end too: nothing may write to the relay after it has exited.
                accepted.Dispose();
                await up.ConfigureAwait(false);
            }
        }
        catch (EngineException refused)
        {
            _complaint = refused.Message;
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One side closed the connection: this method closes the other side.
        }
    }

    private async Task SendAsync(NetworkStream stream, IExecSession relay)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, _close.Token).ConfigureAwait(false)) > 0)
            {
                await relay.WriteAsync(buffer.AsMemory(0, count), _close.Token).ConfigureAwait(false);
            }

            relay.CloseInput();
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException or EngineException)
        {
            // The other direction ends by itself, and with it the connection.
        }
    }
}
