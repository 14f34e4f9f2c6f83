using System.Net.Sockets;

namespace ComposeLab.Database.Routes;

/// <summary>The route through a published port.</summary>
/// <param name="host">The address of this machine or of the engine host.</param>
/// <param name="port">The published port.</param>
/// <param name="description">The description of the route; null: a published port.</param>
internal sealed class PublishedRoute(string host, int port, string? description = null) : IDatabaseRoute
{
    /// <inheritdoc/>
    public string Host => host;

    /// <inheritdoc/>
    public int Port => port;

    /// <inheritdoc/>
    public string Description => description ?? $"published at {host}:{port}";

    /// <inheritdoc/>
    public string Complaint => "";

    /// <inheritdoc/>
    public bool HasStarted => true;

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(CancellationToken token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
