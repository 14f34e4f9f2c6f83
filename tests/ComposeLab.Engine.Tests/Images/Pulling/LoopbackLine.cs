using System.Net;
using System.Net.Sockets;

namespace ComposeLab.Engine.Tests.Images.Pulling;

/// <summary>A line to a server on a loopback port that does not carry everything.</summary>
internal abstract class LoopbackLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _serverPort;

    /// <summary>Opens the line. A derived class has set its limits before.</summary>
    /// <param name="serverPort">The server's loopback port.</param>
    protected LoopbackLine(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>The loopback port to connect to.</summary>
    public int Port { get; }

    /// <summary>Canceled when the test is over.</summary>
    protected CancellationToken End => _end.Token;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    /// <summary>Accepts connections until the end.</summary>
    protected async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ConnectAsync(await _listener.AcceptTcpClientAsync(End));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>Carries one connection; when this ends, both sides are closed.</summary>
    /// <param name="client">The connection of the client.</param>
    /// <param name="server">The connection to the server.</param>
    protected abstract Task CarryAsync(NetworkStream client, NetworkStream server);

    private async Task ConnectAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, End);
                await CarryAsync(client.GetStream(), server.GetStream());
            }
            catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException)
            {
                // Either side hung up.
            }
        }
    }
}
