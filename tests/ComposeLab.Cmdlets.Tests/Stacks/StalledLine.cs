using System.Net;
using System.Net.Sockets;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>A line to a server that carries a number of bytes to it and then stalls, until it is released.</summary>
internal sealed class StalledLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _serverPort;
    private long _left;

    /// <summary>Opens the line.</summary>
    /// <param name="serverPort">The server's loopback port.</param>
    /// <param name="limit">How many bytes reach the server before the line stalls.</param>
    public StalledLine(int serverPort, long limit)
    {
        (_serverPort, _left) = (serverPort, limit);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    /// <summary>The loopback port to connect to.</summary>
    public int Port { get; }

    /// <summary>Whether a client waits for the line.</summary>
    public bool IsStalled => Interlocked.Read(ref _left) <= 0;

    /// <summary>Completes when that client has closed its connection.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary>Carries everything from now on.</summary>
    public void Release() => Interlocked.Exchange(ref _left, long.MaxValue);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _end.Token);
                Task answering = server.GetStream().CopyToAsync(client.GetStream(), _end.Token);
                await AskAsync(client.GetStream(), server.GetStream());
            }
            catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException)
            {
                // Either side hung up.
            }
        }
    }

    private async Task AskAsync(NetworkStream from, NetworkStream to)
    {
        byte[] block = new byte[16 * 1024];
        bool hasStalled = false;
        try
        {
            while (await from.ReadAsync(block, _end.Token) is > 0 and var count)
            {
                hasStalled = Interlocked.Add(ref _left, -count) <= 0;
                if (!hasStalled)
                {
                    await to.WriteAsync(block.AsMemory(0, count), _end.Token);
                }
            }
        }
        finally
        {
            if (hasStalled)
            {
                _abandoned.TrySetResult();
            }
        }
    }
}
