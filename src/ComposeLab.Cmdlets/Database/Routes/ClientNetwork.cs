using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Routes;

/// <summary>
/// The network location of a client: its own container if that has a tool to connect with, otherwise a short-lived helper container in the same networks, from an
/// image on the engine. Nothing of it is left behind.
/// </summary>
internal sealed class ClientNetwork : IAsyncDisposable
{
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(5);

    private readonly IEngine _engine;
    private readonly ComposeProject _project;
    private readonly ServiceDefinition _client;
    private readonly ContainerDetails? _container;
    private readonly IReadOnlyDictionary<string, ContainerDetails> _others;
    private readonly string? _helperImage;
    private readonly object _gate = new();
    private Task<bool>? _start;
    private volatile string? _helper;

    /// <summary>Uses the location of a client.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="project">The project.</param>
    /// <param name="client">The client's service.</param>
    /// <param name="container">Its container; null if it has none.</param>
    /// <param name="others">The containers of the project, by service.</param>
    /// <param name="helperImage">An image on the engine that has a shell with <c>nc</c> or <c>bash</c>; null if none is known.</param>
    public ClientNetwork(IEngine engine, ComposeProject project, ServiceDefinition client, ContainerDetails? container, IReadOnlyDictionary<string, ContainerDetails> others, string? helperImage)
    {
        _engine = engine;
        _project = project;
        _client = client;
        _container = container;
        _others = others;
        _helperImage = helperImage;
    }

    /// <summary>The container of the client, if commands can run in it; null otherwise.</summary>
    public string? OwnContainer => _container is { State: ContainerState.Running } ? _container.Name : null;

    /// <summary>Opens a route from the client's own container.</summary>
    /// <param name="host">The target.</param>
    /// <param name="port">The port there.</param>
    /// <param name="connectSeconds">The time limit for connecting.</param>
    /// <returns>The route; null if nothing can run in the client's container.</returns>
    public ContainerTunnel? FromClient(string host, int port, int connectSeconds) =>
        OwnContainer is { } name ? ContainerTunnel.Open(_engine, name, host, port, connectSeconds) : null;

    /// <summary>Starts the helper container, once.</summary>
    /// <param name="token">Cancels the start.</param>
    /// <returns>Whether there is one; false if none can be created.</returns>
    public Task<bool> StartBesideAsync(CancellationToken token)
    {
        lock (_gate)
        {
            return _start ??= _helperImage is { } image ? StartAsync(image, token) : Task.FromResult(false);
        }
    }

    /// <summary>Opens a route from the helper container; descriptions name the client that it stands in for.</summary>
    /// <param name="host">The target.</param>
    /// <param name="port">The port there.</param>
    /// <param name="connectSeconds">The time limit for connecting.</param>
    /// <returns>The route.</returns>
    public ContainerTunnel FromBeside(string host, int port, int connectSeconds) =>
        ContainerTunnel.Open(
            _engine, _helper ?? throw new InvalidOperationException("The helper container was not started."), host, port, connectSeconds, _container?.Name ?? $"the networks of {_client.Name}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // An abandoned start must end before its container can be removed.
            await (_start ?? Task.FromResult(false)).WaitAsync(CleanUpLimit).ConfigureAwait(false);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException or EngineException)
        {
            // Removed below as far as it came.
        }

        await RemoveAsync().ConfigureAwait(false);
    }

    // A client that exits again and again may no longer exist; then its networks are used.
    private async Task<bool> StartAsync(string image, CancellationToken token) =>
        (OwnContainer is not null && await StartAsync(image, isInside: true, token).ConfigureAwait(false)) || await StartAsync(image, isInside: false, token).ConfigureAwait(false);

    private async Task<bool> StartAsync(string image, bool isInside, CancellationToken token)
    {
        string name = $"composelab-look-{Guid.NewGuid():N}"[..28];
        string[] networks = NetworkNames();
        var spec = new ContainerSpec
        {
            Name = name,
            Image = image,
            // It exits by itself, even if this process dies.
            Entrypoint = ["sleep"],
            Command = ["120"],
            Labels = new Dictionary<string, string> { ["composelab.look"] = _client.Name },
            NetworkMode = isInside ? $"container:{_container!.Id}" : Mode() ?? networks.FirstOrDefault(),
            Networks = isInside || Mode() is not null ? new Dictionary<string, EndpointSpec>() : networks.ToDictionary(network => network, _ => new EndpointSpec()),
            Dns = isInside ? new DnsSpec() : new DnsSpec { ExtraHosts = [.. _client.ExtraHosts.Select(entry => entry.Replace('=', ':')), .. await LinksAsync(networks, token).ConfigureAwait(false)] },
            Security = new SecuritySpec { CapDrop = ["ALL"], Options = ["no-new-privileges"] },
        };
        _helper = name;
        try
        {
            await TemporaryContainers.CreateAsync(_engine, spec, token).ConfigureAwait(false);
            await _engine.StartContainerAsync(name, token).ConfigureAwait(false);
            return true;
        }
        catch (EngineException)
        {
            // An image without a shell, or a client or a network that no longer exists: then the network cannot be checked from there.
            await RemoveAsync().ConfigureAwait(false);
            return false;
        }
    }

    // The names that the client's links give to other containers; the engine forgets them when the client stops.
    private async Task<IReadOnlyList<string>> LinksAsync(string[] networks, CancellationToken token)
    {
        var entries = new List<string>();
        foreach (string[] link in _client.Links.Concat(_client.ExternalLinks).Select(entry => entry.Split(':', 2)))
        {
            ContainerDetails? target = _others.GetValueOrDefault(link[0]) ?? await _engine.InspectContainerAsync(link[0], token).ConfigureAwait(false);
            string? address = target?.Networks.OrderBy(network => networks.Contains(network.Key, StringComparer.Ordinal) ? 0 : 1).Select(network => network.Value.IpAddress).FirstOrDefault(found => found.Length > 0);
            if (address is not null)
            {
                entries.Add($"{link[^1]}:{address}");
            }
        }

        return entries;
    }

    private string? Mode() => _client.NetworkMode is "host" or "none" ? _client.NetworkMode : null;

    private string[] NetworkNames() => _container is { Networks.Count: > 0 }
        ? [.. _container.Networks.Keys]
        : [.. _client.Networks.Keys.Select(key => _project.Networks.TryGetValue(key, out NetworkDefinition? network) ? network.Name : null).OfType<string>()];

    private async Task RemoveAsync()
    {
        if (_helper is not { } name)
        {
            return;
        }

        _helper = null;
        await TemporaryContainers.RemoveAsync(_engine, name).ConfigureAwait(false);
    }
}
