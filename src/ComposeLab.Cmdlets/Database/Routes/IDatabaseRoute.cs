namespace ComposeLab.Database.Routes;

/// <summary>A way to a database server.</summary>
internal interface IDatabaseRoute : IAsyncDisposable
{
    /// <summary>What Npgsql takes as its host: a name, an address, or the folder of a socket.</summary>
    string Host { get; }

    /// <summary>What Npgsql takes as its port.</summary>
    int Port { get; }

    /// <summary>The way in words.</summary>
    string Description { get; }

    /// <summary>What the far end said when it could not connect; empty where it said nothing.</summary>
    string Complaint { get; }

    /// <summary>Whether the way leads somewhere yet: what it needs, such as a command in a container, has started.</summary>
    bool HasStarted { get; }

    /// <summary>Opens one connection.</summary>
    /// <param name="token">Ends the attempt.</param>
    /// <returns>The connection; the caller disposes it.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">Nothing takes it.</exception>
    Task<Stream> ConnectAsync(CancellationToken token);
}
