using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ComposeLab.Engine.Tests.Images.Pulling;

/// <summary>A line to a server that breaks on demand: each connection takes the next limit of bytes from the server, then it is cut.</summary>
internal sealed class FlakyLine : LoopbackLine
{
    private readonly ConcurrentQueue<long> _limits;
    private long _bytes;

    /// <summary>Opens the line.</summary>
    /// <param name="serverPort">The server's loopback port.</param>
    /// <param name="limits">How many bytes of answers the first connections let through; later ones let all through.</param>
    public FlakyLine(int serverPort, params long[] limits)
        : base(serverPort)
    {
        _limits = new ConcurrentQueue<long>(limits);
        _ = AcceptAsync();
    }

    /// <summary>How many bytes of answers went through.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many limits were not used yet.</summary>
    public int Left => _limits.Count;

    /// <inheritdoc/>
    protected override async Task CarryAsync(NetworkStream client, NetworkStream server)
    {
        long limit = _limits.TryDequeue(out long next) ? next : long.MaxValue;
        _ = client.CopyToAsync(server, End);
        byte[] buffer = new byte[16 * 1024];
        while (limit > 0)
        {
            int count = await server.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit)), End);
            if (count == 0)
            {
                return;
            }

            await client.WriteAsync(buffer.AsMemory(0, count), End);
            limit -= count;
            Interlocked.Add(ref _bytes, count);
        }
    }
}
