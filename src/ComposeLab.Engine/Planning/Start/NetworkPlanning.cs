using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Plans the networks that services need: missing ones are created, changed ones are recreated. Containers that the start keeps are disconnected for that and
/// connected again; the others are stopped.
/// </summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class NetworkPlanning(StartScope scope)
{
    private readonly NetworkConnections _connections = new(scope);

    /// <summary>The names of networks that the plan recreates.</summary>
    public HashSet<string> Replaced { get; } = new(StringComparer.Ordinal);

    /// <summary>Plans the networks.</summary>
    /// <returns>The ids of the steps that make networks, by the network's key.</returns>
    public IReadOnlyDictionary<string, string> Plan()
    {
        Dictionary<string, string> made = new(StringComparer.Ordinal);
        foreach (string key in scope.Selected.Where(service => service.NetworkMode is null)
            .SelectMany(service => service.Networks.Keys).Concat(scope.Options.AllResources ? scope.Project.Networks.Keys : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string name = ServiceNames.Network(scope.Project, key);
            NetworkDefinition? definition = scope.Project.Networks.GetValueOrDefault(key);
            NetworkSummary? existing = scope.Observed.Network(name);
            if (definition is { External: true })
            {
                CheckExternal(name, definition, existing);
            }
            else if (existing is null)
            {
                made[key] = Create(key, name, definition, "network does not exist");
            }
            else if (existing is { Scope: "swarm", IsAttachable: false })
            {
                RefuseSwarmNetwork(key, existing);
            }
            else if (IsOurs(existing, name) && definition is not null && HasChanged(existing, definition) && MayReplace(name))
            {
                made[key] = Replace(key, name, definition, existing);
            }
        }

        return made;
    }

    private HashSet<string> Selected => field ??= [.. scope.Selected.Select(service => service.Name)];

    private string Create(string key, string name, NetworkDefinition? definition, string cause, string? removed = null) => scope.Draft.Add(
        new CreateNetworkOperation(ResourceLabels.Network(scope.Project, key, name, definition))
        {
            Id = "create network " + name,
            Resource = ResourceId.Network(name),
            Cause = cause,
            Replaces = removed is not null,
        },
        removed is null ? [] : [removed]);

    private string Replace(string key, string name, NetworkDefinition definition, NetworkSummary existing)
    {
        const string Cause = "its configuration changed";
        string cause = $"network {name} is recreated";
        Replaced.Add(name);
        ObservedContainer[] inside = [.. scope.Observed.Containers.Where(container => container.Summary.Networks.ContainsKey(name))];
        KeptContainer[] kept = [.. new KeptContainers(scope, Replaced).List().Where(known => inside.Contains(known.Container))];
        HashSet<string> ids = [.. kept.Select(known => known.Container.Id)];
        string[] left =
        [
            .. kept.Select(known => _connections.Disconnect(known.Container, name, existing.Id, cause, [])),
            .. inside.Where(container => container.IsRunning && !ids.Contains(container.Id)).Select(container => Stop(container, cause)),
        ];
        string removed = scope.Draft.Add(
            new RemoveNetworkOperation(existing.Id)
            {
                Id = "remove network " + name,
                Resource = ResourceId.Network(name),
                Cause = Cause,
                IsDetail = true,
                Removed = [.. inside.Select(container => container.Name)],
            },
            left);
        string created = Create(key, name, definition, Cause, removed);
        ILookup<bool, KeptContainer> byAddress = kept.ToLookup(known => _connections.HasFixedAddress(known.Service, name));
        string[] first = [.. byAddress[true].Select(known => Reconnect(known, name, cause, [created]))];
        foreach (KeptContainer other in byAddress[false])
        {
            Reconnect(other, name, cause, [created, .. first]);
        }

        return created;
    }

    private string Stop(ObservedContainer container, string cause)
    {
        if (!scope.Stopped.TryGetValue(container.Id, out EarlyStop? stop))
        {
            stop = scope.Stopped[container.Id] = new EarlyStop(scope.Teardown.Stop(container, cause, [], detail: true), cause);
        }

        return stop.Step;
    }

    private string Reconnect(KeptContainer kept, string network, string cause, IEnumerable<string> before) =>
        _connections.Connect(kept.Service, kept.Container, network, cause, replaces: true, before);

    // Older versions wrote no hash on networks; then no comparison is possible.
    private static bool HasChanged(NetworkSummary existing, NetworkDefinition definition) =>
        existing.Labels.GetValueOrDefault(StackLabels.ConfigHash, "") is { Length: > 0 } hash && !ConfigHash.Accepted(definition).Contains(hash);

    // The engine rejects it in the middle of the start: only tasks can use such a network.
    private void RefuseSwarmNetwork(string key, NetworkSummary existing)
    {
        string owner = existing.Labels.GetValueOrDefault(SwarmLabels.Namespace, "");
        scope.Draft.AddFinding(
            EngineErrorId.ResourceInUse,
            $"Network '{existing.Name}' belongs to {(owner.Length > 0 ? $"the swarm stack '{owner}'" : "the swarm of this engine")}, and the containers of the Compose stack '{scope.Project.Name}' cannot use it.",
            "Use another project name, or remove the swarm stack",
            service: null,
            scope.Project.Networks.GetValueOrDefault(key)?.Origin,
            owner.Length > 0 ? [Remedy.RenameProject(), Remedy.RemoveStack(owner, Orchestrator.Swarm)] : [Remedy.RenameProject()]);
    }

    private bool IsOurs(NetworkSummary existing, string name)
    {
        string owner = existing.Labels.GetValueOrDefault(StackLabels.Project, "");
        if (owner == scope.Project.Name)
        {
            return true;
        }

        string whose = owner.Length == 0 ? "was not created by a project" : $"belongs to the project '{owner}'";
        scope.Draft.Warn(new PlanWarning($"Network '{name}' {whose}. It is used as it is. If this is intended, set external: true."));
        return false;
    }

    // Containers that are not part of this start would lose their network.
    private bool MayReplace(string name)
    {
        ObservedContainer? other = scope.Observed.Containers.FirstOrDefault(container =>
            container.Summary.Networks.ContainsKey(name) && !Selected.Contains(container.Service));
        if (other is not null)
        {
            scope.Draft.Warn(new PlanWarning(
                $"The configuration of network '{name}' changed, but it was not recreated, because {other.Name} uses it and is not part of this start. Start the whole stack to recreate it."));
        }

        return other is null;
    }

    private void CheckExternal(string name, NetworkDefinition definition, NetworkSummary? existing)
    {
        if (existing is null && name is not ("host" or "none" or "bridge"))
        {
            scope.Draft.AddFinding(
                EngineErrorId.ExternalResourceMissing,
                $"External network '{name}' does not exist.",
                $"Create it first: docker network create {CommandWord.Quote(name)}",
                service: null,
                definition.Origin);
        }
    }
}
