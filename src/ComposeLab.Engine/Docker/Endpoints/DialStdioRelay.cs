using System.Diagnostics;
using System.IO.Pipes;
using System.Net.Sockets;

namespace ComposeLab.Engine.Docker;

/// <summary>A local address whose every connection is one run of <c>docker system dial-stdio</c> on the other side.</summary>
internal sealed class DialStdioRelay : IDisposable
{
    private readonly ILocalListener _listener;
    private readonly Func<Process> _start;
    private readonly SshErrors _errors;

    /// <summary>Starts to accept connections.</summary>
    /// <param name="listener">The address; disposed with this.</param>
    /// <param name="start">Starts the program for one connection.</param>
    /// <param name="errors">Receives what it prints to its error output.</param>
    public DialStdioRelay(ILocalListener listener, Func<Process> start, SshErrors errors)
    {
        _listener = listener;
        _start = start;
        _errors = errors;
        _ = AcceptAsync();
    }

    /// <summary>The address.</summary>
    public Uri Address => _listener.Address;

    /// <summary>Stops to listen; open connections end with their client.</summary>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (await _listener.AcceptAsync().ConfigureAwait(false) is { } connection)
        {
            _ = ConnectAsync(connection);
        }
    }

    private async Task ConnectAsync(Stream connection)
    {
        await using Stream client = connection;
        try
        {
            using Process process = _start();
            Task errors = _errors.ReadAsync(process.StandardError);
            Task up = UpAsync(client, process);
            await process.StandardOutput.BaseStream.CopyToAsync(client).ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            if (client is NetworkStream { Socket: { } socket })
            {
                socket.Shutdown(SocketShutdown.Both);
                await up.ConfigureAwait(false);
            }
            else if (OperatingSystem.IsWindows() && client is PipeStream pipe)
            {
                // What the client has not read yet would be lost.
                pipe.WaitForPipeDrain();
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or InvalidOperationException or EngineException)
        {
            // The client sees a closed connection and asks for the error output.
        }
    }

    private static async Task UpAsync(Stream client, Process process)
    {
        try
        {
            await client.CopyToAsync(process.StandardInput.BaseStream).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other direction ends the connection.
        }
    }
}

/// <summary>Accepts connections of this user at an address of this machine.</summary>
internal interface ILocalListener : IDisposable
{
    /// <summary>The address.</summary>
    Uri Address { get; }

    /// <summary>Waits for a connection.</summary>
    /// <returns>The connection; null when the listener was disposed.</returns>
    Task<Stream?> AcceptAsync();
}

/// <summary>A Unix socket.</summary>
internal sealed class SocketListener : ILocalListener
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>Starts to listen.</summary>
    /// <param name="file">The socket, in a folder of this user.</param>
    public SocketListener(string file)
    {
        Address = new Uri("unix://" + file);
        _listener.Bind(new UnixDomainSocketEndPoint(file));
        _listener.Listen();
    }

    /// <inheritdoc/>
    public Uri Address { get; }

    /// <inheritdoc/>
    public async Task<Stream?> AcceptAsync()
    {
        try
        {
            return new NetworkStream(await _listener.AcceptAsync().ConfigureAwait(false), ownsSocket: true);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}

/// <summary>A named pipe.</summary>
internal sealed class PipeListener : ILocalListener
{
    private const int BufferSize = 65536;

    private readonly string _name;
    private readonly CancellationTokenSource _end = new();

    // Exists before the first connection, because a client does not wait for a pipe.
    private NamedPipeServerStream _next;

    /// <summary>Starts to listen.</summary>
    /// <param name="name">The name of the pipe.</param>
    public PipeListener(string name)
    {
        _name = name;
        Address = new Uri("npipe://./pipe/" + name);
        _next = Open();
    }

    /// <inheritdoc/>
    public Uri Address { get; }

    /// <inheritdoc/>
    public async Task<Stream?> AcceptAsync()
    {
        try
        {
            await _next.WaitForConnectionAsync(_end.Token).ConfigureAwait(false);
            Stream connection = _next;
            _next = Open();
            return connection;
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException or IOException)
        {
            await _next.DisposeAsync().ConfigureAwait(false);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Cancel();

    // In message mode, an empty message closes one direction, as the client library expects.
    private NamedPipeServerStream Open() => new(
        _name,
        PipeDirection.InOut,
        NamedPipeServerStream.MaxAllowedServerInstances,
        OperatingSystem.IsWindows() ? PipeTransmissionMode.Message : PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly,
        BufferSize,
        BufferSize);
}
