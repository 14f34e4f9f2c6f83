using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Swarm;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Stacks;

namespace ComposeLab.Database;

/// <content>Finds the containers of the services. Those of a swarm stack can be on several engines.</content>
internal sealed partial class DatabaseObserver
{
    // The services whose tasks run only on nodes that cannot be reached, with one of these tasks.
    private readonly Dictionary<string, ObservedContainer> _unreachable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IEngine> _engines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _serverNodes = new(StringComparer.Ordinal);
    private IEngine _selected = null!;

    private IEnumerable<ServiceDefinition> Servers => servers.Where(server => !_unreachable.ContainsKey(server.Name));

    private IEnumerable<ServiceDefinition> Apps => apps.Where(app => !_unreachable.ContainsKey(app.Name));

    private async Task FindContainersAsync(EngineSession session, CancellationToken token)
    {
        _selected = session.Engine;
        IReadOnlyList<ObservedContainer> all = await session.Stacks.ListContainersAsync(project.Name, oneOffs: false, token).ConfigureAwait(false);
        foreach (IGrouping<string, ObservedContainer> service in all.GroupBy(container => container.Service).OrderBy(service => servers.Any(server => server.Name == service.Key) ? 0 : 1))
        {
            await FindAsync(session, service, token).ConfigureAwait(false);
        }

        ContainerDetails?[] details = await Task.WhenAll(_containers.Values.Select(container => _engines[container.Service].InspectContainerAsync(container.Id, token))).ConfigureAwait(false);
        foreach ((ObservedContainer container, ContainerDetails? found) in _containers.Values.Zip(details))
        {
            if (found is not null)
            {
                _details[container.Service] = found with { Health = _probed.Of(found) };
            }
        }

        _seen = _seen with
        {
            IsSwarm = all.Any(container => container.TaskId.Length > 0) || (all.Count == 0 && await IsForSwarmAsync(session, token).ConfigureAwait(false)),
            NotTested = [.. apps.Concat(servers).Where(service => _unreachable.ContainsKey(service.Name)).Select(service => new UnreachableTask(service.Name, _unreachable[service.Name].Node!))],
        };
        if (servers.Count > 0 && !Servers.Any())
        {
            throw RunningContainer.Elsewhere(_unreachable[servers[0].Name]);
        }
    }

    private async Task FindAsync(EngineSession session, IGrouping<string, ObservedContainer> service, CancellationToken token)
    {
        ObservedContainer[] sorted = [.. service.OrderBy(container => container.IsRunning ? 0 : 1).ThenBy(container => container.Number)];
        ObservedContainer[] suitable = [.. sorted.Where(container => container.IsRunning == sorted[0].IsRunning)];

        // On the node of the database, nothing but the login itself can fail.
        ObservedContainer[] near = [.. suitable.Where(container => container.Node is { } node && _serverNodes.Contains(node.Id))];
        if ((await RunningContainer.FirstReachableAsync(session, near, token).ConfigureAwait(false) ?? await RunningContainer.FirstReachableAsync(session, suitable, token).ConfigureAwait(false)) is { } found)
        {
            _containers[service.Key] = found.Container;
            _engines[service.Key] = found.Engine;
            if (servers.Any(server => server.Name == service.Key) && suitable.First(container => container.Id == found.Id).Node is { } own)
            {
                _serverNodes.Add(own.Id);
            }
        }
        else if (sorted[0].IsRunning)
        {
            _unreachable[service.Key] = sorted[0];
        }
    }

    // A stack without containers may be deployed, but all its tasks wait; or it is not deployed yet, and its files are meant for a swarm.
    private async Task<bool> IsForSwarmAsync(EngineSession session, CancellationToken token) =>
        await session.Stacks.IsDeployedAsync(project.Name, token).ConfigureAwait(false)
        || (SwarmPlacements.IsForSwarm(project) && (await session.Engine.DescribeAsync(token).ConfigureAwait(false)).SwarmNodeId.Length > 0);

    // The image of a server has a shell and a tool to connect with. On another engine than that of the server, it can be missing.
    private async Task<string?> HelperImageAsync(ServiceDefinition client, CancellationToken token)
    {
        IEngine engine = EngineOf(client);
        foreach (ServiceDefinition service in servers.Concat(project.Services.Values))
        {
            if (!_details.TryGetValue(service.Name, out ContainerDetails? details))
            {
                continue;
            }

            if (EngineOf(service) == engine)
            {
                return details.ImageId;
            }

            foreach (string image in servers.Contains(service) ? new[] { details.ImageId, service.Image ?? "" } : [])
            {
                if (image.Length > 0 && await engine.InspectImageAsync(image, token).ConfigureAwait(false) is { } known)
                {
                    return known.Id;
                }
            }
        }

        return null;
    }

    private IEngine EngineOf(ServiceDefinition service) => _engines.GetValueOrDefault(service.Name, _selected);

    private DatabaseRoutes RoutesOf(ServiceDefinition service) => new(EngineOf(service));
}
