using System.Net.Sockets;
using ComposeLab.Engine.Tests.Images.Pulling;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>A line to a server that carries a number of bytes to it and then stalls, until it is released.</summary>
internal sealed class StalledLine : LoopbackLine
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _left;

    /// <summary>Opens the line.</summary>
    /// <param name="serverPort">The server's loopback port.</param>
    /// <param name="limit">How many bytes reach the server before the line stalls.</param>
    public StalledLine(int serverPort, long limit)
        : base(serverPort)
    {
        _left = limit;
        _ = AcceptAsync();
    }

    /// <summary>Whether a client waits for the line.</summary>
    public bool IsStalled => Interlocked.Read(ref _left) <= 0;

    /// <summary>Takes what the client still sends, without carrying it, until the client has closed its connection.</summary>
    /// <returns>Completes then.</returns>
    public Task DrainAsync()
    {
        _drained.TrySetResult();
        return _abandoned.Task;
    }

    /// <summary>Carries everything from now on.</summary>
    public void Release() => Interlocked.Exchange(ref _left, long.MaxValue);

    /// <inheritdoc/>
    protected override async Task CarryAsync(NetworkStream client, NetworkStream server)
    {
        _ = server.CopyToAsync(client, End);
        byte[] block = new byte[16 * 1024];
        bool hasStalled = false;
        try
        {
            while (await client.ReadAsync(block, End) is > 0 and var count)
            {
                hasStalled = Interlocked.Add(ref _left, -count) <= 0;
                if (hasStalled)
                {
                    await _drained.Task.WaitAsync(End);
                }
                else
                {
                    await server.WriteAsync(block.AsMemory(0, count), End);
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
