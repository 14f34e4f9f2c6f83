using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ComposeLab.Api.Hosting;

/// <summary>
/// Limits the number of open connections without rejecting callers: at the limit, the connection that has waited longest without a
/// request is closed for the new one. Callers that send their request immediately are answered, regardless of idle connections.
/// </summary>
internal sealed class ConnectionLimit
{
    /// <summary>The maximum number of open connections. A waiting connection costs about 20 KB, so all of them fit into a 128 MB container.</summary>
    public const int Connections = 1000;

    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(60);
    private const int LargestBody = 64 * 1024;
    private const int LargestHeaders = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<ConnectionContext> _waiting = new();
    private int _open;

    /// <summary>Sets the limits of the server: connections, headers, bodies and the time they may take.</summary>
    /// <param name="options">The server's options.</param>
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.RequestHeadersTimeout = HeaderTimeout;
        options.Limits.KeepAliveTimeout = KeepAliveTimeout;
        options.Limits.MaxRequestBodySize = LargestBody;
        options.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        options.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => ServeAsync(connection, next)));
    }

    /// <summary>Marks the connection of a request as busy until the request is done.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    /// <returns>Completes with the request.</returns>
    public async Task TrackAsync(HttpContext context, RequestDelegate next)
    {
        var node = context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(this, out var item) == true ? item as LinkedListNode<ConnectionContext> : null;
        StopWaiting(node);
        try
        {
            await next(context);
        }
        finally
        {
            Wait(node);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var node = new LinkedListNode<ConnectionContext>(connection);
        connection.Items[this] = node;
        if (!Enter(node))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(node);
        }
    }

    private bool Enter(LinkedListNode<ConnectionContext> node)
    {
        ConnectionContext? evicted = null;
        lock (_lock)
        {
            if (_open >= Connections)
            {
                if (_waiting.First is not { } oldest)
                {
                    return false;
                }

                evicted = oldest.Value;
                _waiting.Remove(oldest);
                // Removed from the count here: it needs a moment to close, and the next caller must not evict another one for it.
                evicted.Items.Remove(this);
                _open--;
            }

            _open++;
            _waiting.AddLast(node);
        }

        evicted?.Abort(new ConnectionAbortedException("Closed for a newer connection: the limit of open connections is reached."));
        return true;
    }

    private void Leave(LinkedListNode<ConnectionContext> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
            {
                _waiting.Remove(node);
            }

            if (node.Value.Items.Remove(this))
            {
                _open--;
            }
        }
    }

    private void StopWaiting(LinkedListNode<ConnectionContext>? node)
    {
        lock (_lock)
        {
            if (node?.List is not null)
            {
                _waiting.Remove(node);
            }
        }
    }

    private void Wait(LinkedListNode<ConnectionContext>? node)
    {
        lock (_lock)
        {
            if (node is { List: null } && node.Value.Items.ContainsKey(this))
            {
                _waiting.AddLast(node);
            }
        }
    }
}
