using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <content>Faults in the address that a client uses.</content>
internal sealed partial class LoginDiagnosis
{
    private DiagnosedCause OfName()
    {
        string host = client.Tried.Host;
        if (IsHostMode && client.Target is { } named)
        {
            return new DiagnosedCause(
                LabDbCause.WrongHost,
                $"{_where} uses the host '{host}', but {client.Service} uses the host's network (network_mode: host), where service names do not resolve.",
                Published(named) is { } port
                    ? remedies.ChangeAddress(client, "127.0.0.1", port)
                    : $"Publish the port of {named.Name} (ports: [\"127.0.0.1:5432:5432\"]) and use 127.0.0.1 in {_where}, or remove network_mode: host from {client.Service}, then: {remedies.Start()}");
        }

        if (client.Target is { } target)
        {
            if (client.TargetContainer is not { Runs: true })
            {
                return Down(target);
            }

            if (!ProjectDatabases.ShareNetwork(client.Definition, target))
            {
                return Apart(target);
            }

            return new DiagnosedCause(
                LabDbCause.DatabaseDetached, $"{client.TargetContainer.Name} shares no network with {client.Container?.Name ?? client.Service}, so the name '{host}' does not resolve.", remedies.Start());
        }

        if (host == "host.docker.internal")
        {
            return new DiagnosedCause(
                LabDbCause.WrongHost, $"{_where} uses the host '{host}', which this engine does not define for {client.Service}.",
                $"Give {client.Service} extra_hosts: [\"host.docker.internal:host-gateway\"], then: {remedies.Start()}");
        }

        ServerEvidence? meant = Meant(host);
        string known = seen.Servers.Count == 0 ? "the project has no PostgreSQL service" : $"the database is '{string.Join("', '", seen.Servers.Select(server => server.Service))}'";
        return new DiagnosedCause(
            LabDbCause.WrongHost,
            $"{_where} uses the host '{host}', which does not exist on the network of {client.Service}; {known}.",
            meant is null
                ? $"Correct the host in {_where}, then: {remedies.Start()}"
                : !ProjectDatabases.ShareNetwork(client.Definition, meant.Definition)
                    ? Apart(meant.Definition).Recommendation
                    : remedies.ChangeAddress(client, meant.Service, OwnPort(meant)));
    }

    private DiagnosedCause Apart(ServiceDefinition target) => OfOwnBridge(client.Definition) ?? OfOwnBridge(target) ?? new DiagnosedCause(
        LabDbCause.DatabaseDetached,
        $"{client.Service} and {target.Name} share no network in the Compose files ({Networks(client.Definition)}; {Networks(target)}), so '{client.Tried.Host}' of {_where} does not resolve.",
        $"Put {client.Service} and {target.Name} on one network, such as networks: [{CommandText.Quote(target.Networks.Keys.FirstOrDefault() ?? "default")}] for {client.Service}, then: {remedies.Start()}");

    private DiagnosedCause? OfOwnBridge(ServiceDefinition service) => service.NetworkMode is not ("bridge" or "none") || service.Node["network_mode"] is not { } mode
        ? null
        : new DiagnosedCause(
            LabDbCause.DatabaseDetached,
            $"{service.Name} has network_mode: {service.NetworkMode}, so it is not on the project's networks, and service names such as '{client.Tried.Host}' of {_where} lead nowhere.",
            remedies.Then(remedies.Places.CommentOut(mode.Origin, "network_mode:"), $"Remove network_mode: {service.NetworkMode} from {service.Name}"));

    private static string Networks(ServiceDefinition service) => $"{service.Name}: {(service.Networks.Count == 0 ? "none" : string.Join(", ", service.Networks.Keys))}";

    // With one database the target is clear. With several, only a similar name identifies it.
    private ServerEvidence? Meant(string host) => seen.Servers.Count == 1
        ? seen.Servers[0]
        : Near.Of(host, seen.Servers.Select(server => server.Service)) is { } name ? seen.Servers.First(server => server.Service == name) : null;

    private static int OwnPort(ServerEvidence server) => server.Facts?.Port ?? server.Own.Port;

    private static int? Published(ServiceDefinition service) =>
        service.Ports.FirstOrDefault(port => port.Target == ServerAddress.DefaultPort || service.Ports.Count == 1) is { Published: { } text } ? ConnectionText.Port(text) : null;

    private DiagnosedCause Down(ServiceDefinition target)
    {
        string state = client.TargetContainer is not { } container
            ? "has no container"
            : container.State == ContainerState.Paused ? "is paused"
            : $"{(container.State == ContainerState.Restarting ? "exits again and again" : "has exited")} (exit code {container.ExitCode})"
                + (container.Log.LastError is { Length: > 0 } error ? $": {error.TrimEnd('.')}" : "");
        bool isFault = client.TargetContainer is { ExitCode: not 0 };
        return new DiagnosedCause(
            LabDbCause.PoolerDown,
            $"{_where} leads to {target.Name}, between {client.Service} and the database: {target.Name} {state}.",
            isFault ? $"Fix what {target.Name} reports, then: {remedies.Start()}\nIts log: {remedies.ReadLog(target.Name)}" : remedies.StartAgain(target.Name));
    }

    private DiagnosedCause OfAddress()
    {
        ServerAddress address = new(client.Tried.Host, client.Tried.Port);
        string how = _login.Fault switch
        {
            LoginFault.Refused => "nothing listens there",
            LoginFault.Unreachable => "no route leads there",
            LoginFault.Silent => "nothing answers there",
            _ => "the connection is closed immediately",
        };
        if (Shadow() is { } shadow && client.Target is { } real)
        {
            return new DiagnosedCause(
                LabDbCause.WrongHost,
                $"extra_hosts of {client.Service} sets '{address.Host}' to {shadow.Address}, which hides the service {real.Name}: {how}.",
                remedies.Then(
                    (client.Definition.ExtraHosts.Count > 1 ? remedies.Places.CommentOut(shadow.Origin, "-") ?? remedies.Places.CommentOut(shadow.Origin, address.Host) : null)
                        ?? remedies.Places.Replace(shadow.Origin, $"{address.Host}:{shadow.Address}", $"{address.Host}.unused:{shadow.Address}")
                        ?? remedies.Places.Replace(shadow.Origin, $"{address.Host}={shadow.Address}", $"{address.Host}.unused={shadow.Address}"),
                    $"Remove the entry for {CommandText.Quote(address.Host)} from extra_hosts of {client.Service}"));
        }

        if (client.Used.Variables.GetValueOrDefault(LoginPart.Host) == "PGHOSTADDR" && ValuePlaces.Node(client.Definition, "PGHOST") is { Node.Text: var named } && named != address.Host)
        {
            return new DiagnosedCause(
                LabDbCause.WrongHost,
                $"{_where} is {address.Host}, where {how.Replace(" there", "", StringComparison.Ordinal)}; it is used instead of PGHOST ('{named}').",
                remedies.Then(
                    ValuePlaces.Node(client.Definition, "PGHOSTADDR") is { } extra ? remedies.Places.CommentOut(extra.Node.Origin, "PGHOSTADDR") ?? remedies.Places.CommentOut(extra.Node.Origin, "- PGHOSTADDR") : null,
                    $"Remove PGHOSTADDR of {client.Service}"));
        }

        if (address.IsLoopback && !SharesNetworkWithServer())
        {
            return OfLoopback(address, how);
        }

        if (client.Target is not { } target)
        {
            return new DiagnosedCause(
                LabDbCause.DatabaseNotAnswering,
                $"{_where} leads to {address}, which is not part of the project. Seen from {client.Service}, {how}.",
                $"Start the database at {CommandText.Quote(address.ToString())} and make it reachable for {client.Service}, or correct {_where}, then: {remedies.Start()}");
        }

        if (client.TargetContainer is not { Runs: true } container)
        {
            return Down(target);
        }

        if (_server is null || _server.Definition != target)
        {
            return new DiagnosedCause(
                LabDbCause.PoolerDown,
                $"{_where} leads to {target.Name}, between {client.Service} and the database. It is running, but on port {address.Port} {how}.",
                $"Correct the port in {_where} or the port that {target.Name} listens on, then: {remedies.Start()}\nIts log: {remedies.ReadLog(target.Name)}");
        }

        if (!container.SharesNetworkWith(client.Container ?? container) || (container.Networks.Count == 0 && !container.SharesNetworkStack))
        {
            return new DiagnosedCause(
                LabDbCause.DatabaseDetached, $"{container.Name} shares no network with {client.Container?.Name ?? client.Service}, so no packet arrives.",
                ProjectDatabases.ShareNetwork(client.Definition, target) ? remedies.Start() : Apart(target).Recommendation);
        }

        if (address.Port != OwnPort(_server))
        {
            return new DiagnosedCause(
                LabDbCause.WrongPort,
                $"{_where} connects to {target.Name} on port {address.Port}, where {how.Replace("there", "", StringComparison.Ordinal).Trim()}; inside the network it listens on {OwnPort(_server)}{(IsPublished(address.Port) ? $" ({address.Port} is its published port, for the host)" : "")}.",
                Port(OwnPort(_server)));
        }

        if (container.Health == HealthStatus.Starting)
        {
            return Starting();
        }

        if (_server.Facts is not null && _login.Fault == LoginFault.Refused)
        {
            ScalarNode? word = Words(_server.Definition).FirstOrDefault(node => ListenAddresses().IsMatch(node.Text));
            string? edit = word is null ? null : remedies.Places.Replace(word.Origin, ListenAddresses().Match(word.Text).Value, "listen_addresses=*");
            return new DiagnosedCause(
                LabDbCause.DatabaseNotAnswering,
                $"{container.Name} is running and answers inside its container, but not on the network: its listen_addresses do not include it.",
                remedies.Then(edit, $"Set listen_addresses=* for {target.Name}"));
        }

        return new DiagnosedCause(LabDbCause.DatabaseNotAnswering, $"{container.Name} is running, but at {address} {how}.", remedies.Restart(target.Name));
    }

    private bool IsPublished(int port) => _server!.Definition.Ports.Any(entry => entry.Published == $"{port}");

    private DiagnosedCause OfLoopback(ServerAddress address, string how)
    {
        if (IsHostMode)
        {
            (ServerEvidence Server, int Port)? published = seen.Servers.Select(server => (server, Published(server.Definition))).Where(pair => pair.Item2 is not null).Select(pair => ((ServerEvidence, int)?)(pair.server, pair.Item2!.Value)).FirstOrDefault();
            return published is { } found && found.Port != address.Port
                ? new DiagnosedCause(
                    LabDbCause.WrongPort, $"{_where} connects to the host on port {address.Port}, where nothing listens. {found.Server.Service} is published on port {found.Port}.", Port(found.Port))
                : new DiagnosedCause(
                    LabDbCause.WrongHost,
                    $"{_where} connects to the host at {address}, but {how}; {(seen.Servers.Count > 0 ? $"{seen.Servers[0].Service} publishes no port there" : "the project has no PostgreSQL service")}.",
                    $"Publish the port of the database (ports: [\"127.0.0.1:{address.Port}:5432\"]), or start one on the host, then: {remedies.Start()}");
        }

        ServerEvidence? meant = seen.Servers.Count == 1 ? seen.Servers[0] : null;
        return new DiagnosedCause(
            LabDbCause.WrongHost,
            $"{_where} uses the host '{address.Host}', which inside the container is {client.Service} itself; {(meant is null ? "the database runs elsewhere" : $"the database is '{meant.Service}'")}.",
            meant is null ? $"Write the database's service as the host in {_where}, then: {remedies.Start()}" : remedies.ChangeAddress(client, meant.Service, OwnPort(meant)));
    }

    private bool SharesNetworkWithServer() => client.Definition.NetworkMode is { } mode && mode.StartsWith("service:", StringComparison.Ordinal) && seen.Servers.Any(server => mode == $"service:{server.Service}");

    private (string Address, Origin Origin)? Shadow()
    {
        foreach (Node entry in client.Definition.Node["extra_hosts"] switch { SequenceNode list => list.Items, MappingNode map => map.Entries.Select(item => item.Value), _ => [] })
        {
            if (entry is ScalarNode { Text: var text } && HostEntry().Match(text) is { Success: true } found && found.Groups["name"].Value.Equals(client.Tried.Host, StringComparison.OrdinalIgnoreCase))
            {
                return (found.Groups["address"].Value, entry.Origin);
            }
        }

        return null;
    }

    private string Port(int port) => client.Tried.Port == port ? remedies.Start() : remedies.Change(
        client, LoginPart.Port, $"{client.Tried.Port}", $"{port}", $"write the port {port}");

    private DiagnosedCause OfStranger()
    {
        bool isOther = _server is not null && _server.Definition == client.Target && client.Tried.Port != OwnPort(_server);
        return new DiagnosedCause(
            LabDbCause.NotPostgres,
            $"{_where} leads to {client.Tried.Host}:{client.Tried.Port}, where something listens that is not a PostgreSQL server.",
            isOther ? Port(OwnPort(_server!)) : seen.Servers.Count == 1 && client.Target is not null && client.Target != seen.Servers[0].Definition
                ? remedies.ChangeAddress(client, seen.Servers[0].Service, OwnPort(seen.Servers[0]))
                : $"Correct host and port in {_where}, then: {remedies.Start()}");
    }

    [GeneratedRegex(@"^(?<name>[^:=]+)[:=](?<address>.+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostEntry();

    [GeneratedRegex(@"listen_addresses=(?:'[^']*'|[^\s'""]*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListenAddresses();
}
