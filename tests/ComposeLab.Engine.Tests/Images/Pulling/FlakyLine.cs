using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ComposeLab.Engine.Tests.Images.Pulling;

/// <summary>A line to a server that breaks on demand: each connection takes the next limit of bytes from the server, then it is cut.</summary>
internal sealed class FlakyLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<long> _limits;
    private readonly int _serverPort;
    private long _bytes;

    /// <summary>Opens the line.</summary>
    /// <param name="serverPort">The server's loopback port.</param>
    /// <param name="limits">How many bytes of answers the first connections let through; later ones let all through.</param>
    public FlakyLine(int serverPort, params long[] limits)
    {
        _serverPort = serverPort;
        _limits = new ConcurrentQueue<long>(limits);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    /// <summary>The loopback port to connect to.</summary>
    public int Port { get; }

    /// <summary>How many bytes of answers went through.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many limits were not used yet.</summary>
    public int Left => _limits.Count;

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
        long limit = _limits.TryDequeue(out long next) ? next : long.MaxValue;
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _end.Token);
                Task asking = client.GetStream().CopyToAsync(server.GetStream(), _end.Token);
                await AnswerAsync(server.GetStream(), client.GetStream(), limit);
            }
            catch (Exception cut) when (cut is IOException or SocketException or OperationCanceledException)
            {
                // Either side hung up.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to, long limit)
    {
        byte[] buffer = new byte[16 * 1024];
        while (limit > 0)
        {
            int count = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit)), _end.Token);
            if (count == 0)
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            limit -= count;
            Interlocked.Add(ref _bytes, count);
        }
    }
}
