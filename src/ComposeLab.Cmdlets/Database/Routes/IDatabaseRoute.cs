namespace ComposeLab.Database.Routes;

/// <summary>A route to a database server.</summary>
internal interface IDatabaseRoute : IAsyncDisposable
{
    /// <summary>The host for Npgsql: a name, an address, or the folder of a socket.</summary>
    string Host { get; }

    /// <summary>The port for Npgsql.</summary>
    int Port { get; }

    /// <summary>The description of the route.</summary>
    string Description { get; }

    /// <summary>The error message of the other end when it could not connect; empty if there is none.</summary>
    string Complaint { get; }

    /// <summary>Whether the route is ready: its requirements, such as a command in a container, have started.</summary>
    bool HasStarted { get; }

    /// <summary>Opens one connection.</summary>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The connection; the caller disposes it.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">Nothing accepts it.</exception>
    Task<Stream> ConnectAsync(CancellationToken token);
}
