using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Databases;

/// <summary>A rule about the logins of a project's services to its PostgreSQL services, as defined in the files.</summary>
/// <param name="info">The description of the rule.</param>
internal abstract class DatabaseClientRule(RuleInfo info) : ConfigRule(info)
{
    /// <inheritdoc/>
    public sealed override IEnumerable<RuleMatch> Find(RuleContext context)
    {
        ProjectDatabases databases = ProjectDatabases.Of(context.Project, context.Environment.ReadText);
        return databases.Servers.Count == 0
            ? []
            : context.Project.Services.Values.SelectMany(client => databases.ClientsOf(client).Logins.SelectMany(login => Find(context, databases, client, login)));
    }

    /// <summary>Checks one login.</summary>
    /// <param name="context">The project and its environment.</param>
    /// <param name="databases">The project's databases.</param>
    /// <param name="client">The service that logs in.</param>
    /// <param name="login">The login.</param>
    /// <returns>The matches.</returns>
    protected abstract IEnumerable<RuleMatch> Find(RuleContext context, ProjectDatabases databases, ServiceDefinition client, ClientLogin login);

    /// <summary>A place at a variable of a client.</summary>
    protected static RuleMatch At(RuleContext context, ServiceDefinition client, string variable, string message, string recommendation)
    {
        string name = client.Environment.ContainsKey(variable) ? variable : variable + "_FILE";
        string path = $"environment.{name}";
        return client.Node["environment"] is MappingNode environment && environment[name] is { } value
            ? context.At(client, path, value, message, recommendation)
            : context.At(client, path, message, recommendation);
    }

    /// <summary>Whether a host is outside the project's networks.</summary>
    protected static bool IsOutside(ServiceDefinition client, ServerAddress server) => server.IsSocket || server.Host.Contains('.', StringComparison.Ordinal) || server.Host.Contains(':', StringComparison.Ordinal)
        || server.Host.Contains('$', StringComparison.Ordinal) || client.ExtraHosts.Any(entry => entry.StartsWith(server.Host, StringComparison.OrdinalIgnoreCase)) || client.ExternalLinks.Count > 0;
}

/// <summary>A client must use an address that leads to its database.</summary>
internal sealed class DatabaseHostUnreachableRule() : DatabaseClientRule(new RuleInfo(
    "DatabaseHostUnreachable",
    Warning,
    Error,
    "a service that connects to its database at `localhost`, at an unknown host, at the published port, or without a common network",
    "Use the database's service name as the host, its own port (5432), and a network that both share."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ProjectDatabases databases, ServiceDefinition client, ClientLogin login)
    {
        ServerAddress server = login.Text?.Meant?.Servers.FirstOrDefault() ?? login.Server;
        string names = NameList.Of([.. databases.Servers.Select(service => service.Name)]);
        if (server.IsLoopback)
        {
            if (client.NetworkMode is null or "bridge" or "none")
            {
                yield return At(
                    context, client, login.Variable, $"{login.Variable} uses the host {server.Host}, which inside the container is {client.Name} itself. The database is {names}.",
                    $"Use {databases.Servers[0].Name} as the host.");
            }
        }
        else if (databases.Named(client, server.Host) is not { } target)
        {
            bool isElsewhere = IsOutside(client, server) || client.NetworkMode is { Length: > 0 } || client.Networks.Keys.Any(key => context.Project.Networks.TryGetValue(key, out NetworkDefinition? network) && network.External);
            if (!isElsewhere)
            {
                yield return At(
                    context, client, login.Variable, $"{login.Variable} uses the host '{server.Host}', but no service of the project has this name. The database is {names}.",
                    $"Use {databases.Servers[0].Name} as the host.");
            }
        }
        else if (client.NetworkMode == "host")
        {
            yield return At(
                context, client, login.Variable, $"{login.Variable} uses the service {target.Name}, but {client.Name} uses the host's network, where service names do not resolve.",
                $"Publish the port of {target.Name} on 127.0.0.1 and use that address, or remove network_mode: host.");
        }
        else if (!ProjectDatabases.ShareNetwork(client, target))
        {
            yield return At(
                context, client, login.Variable, $"{login.Variable} uses {target.Name}, but {client.Name} and {target.Name} share no network.", $"Connect {client.Name} to a network of {target.Name}.");
        }
        else if (server.Port != ServerAddress.DefaultPort && target.Ports.Any(port => port.Published == $"{server.Port}" && port.Target == ServerAddress.DefaultPort))
        {
            yield return At(
                context, client, login.Variable, $"{login.Variable} uses port {server.Port}, which {target.Name} publishes on the host. Inside the network it listens on {ServerAddress.DefaultPort}.",
                $"Use the port {ServerAddress.DefaultPort}.");
        }
    }
}

/// <summary>A client must log in with the login that the server was configured to create.</summary>
internal sealed class DatabaseLoginDiffersRule() : DatabaseClientRule(new RuleInfo(
    "DatabaseLoginDiffers",
    Information,
    Information,
    "a login with a different user, database or password than the server's own, without an init script that could create it",
    "Use the same variables for both, or create the role and the database in an init script."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ProjectDatabases databases, ServiceDefinition client, ClientLogin login)
    {
        ServiceDefinition? server = databases.Servers.FirstOrDefault(service => service == databases.Named(client, login.Server.Host));
        if (server is null || server.Volumes.Any(mount => mount.Target?.Contains("initdb", StringComparison.Ordinal) == true) || server.Build is not null || server.Configs.Count > 0)
        {
            yield break;
        }

        ServiceVariables own = ServiceVariables.Of(context.Project, server, context.Environment.ReadText);
        string? user = own.Get("POSTGRES_USER") ?? own.Get("POSTGRESQL_USERNAME") ?? (own.Get("POSTGRES_PASSWORD") is null ? null : "postgres");
        string? database = own.Get("POSTGRES_DB") ?? own.Get("POSTGRESQL_DATABASE") ?? user;
        string? password = own.Get("POSTGRES_PASSWORD") ?? own.Get("POSTGRESQL_PASSWORD");
        if (user is null)
        {
            yield break;
        }

        if (login.User is { } other && other != user)
        {
            yield return At(
                context, client, login.Variables.GetValueOrDefault(LoginPart.User, login.Variable), $"{client.Name} logs in as '{other}', but {server.Name} creates only the user '{user}'.",
                "Use the same variable for both, or create the role in an init script.");
        }
        else if ((login.Database ?? login.User) is { } name && name != database && name != "postgres")
        {
            yield return At(
                context, client, login.Variables.GetValueOrDefault(LoginPart.Database, login.Variable), $"{client.Name} uses the database '{name}', but {server.Name} creates only the database '{database}'.",
                "Use the same variable for both, or create the database in an init script.");
        }
        else if (login.Password is { } secret && password is not null && secret != password && login.User == user && login.Text?.WrittenPassword != password)
        {
            yield return At(
                context, client, login.Variables.GetValueOrDefault(LoginPart.Password, login.Variable), $"{client.Name} logs in as '{user}' with a different password than {server.Name} sets for that user.",
                "Use the same variable for both.");
        }
    }
}

/// <summary>A client must not require TLS from a server that does not offer it.</summary>
internal sealed class DatabaseTlsNotOfferedRule() : DatabaseClientRule(new RuleInfo(
    "DatabaseTlsNotOffered",
    Warning,
    Warning,
    "a login that requires TLS (`sslmode=require`) to a database of the project without `ssl=on`",
    "Use `sslmode=prefer`, or configure a certificate and `ssl=on` for the database."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ProjectDatabases databases, ServiceDefinition client, ClientLogin login)
    {
        ServiceDefinition? server = databases.Servers.FirstOrDefault(service => service == databases.Named(client, login.Server.Host));
        bool mayHaveTls = server is null || server.Build is not null || server.Configs.Count > 0
            || (server.Command ?? []).Concat(server.Entrypoint ?? []).Concat(server.Environment.Select(pair => $"{pair.Key}={pair.Value}")).Any(word => word.Contains("ssl", StringComparison.OrdinalIgnoreCase) || word.Contains("tls", StringComparison.OrdinalIgnoreCase) || word.Contains("config_file", StringComparison.Ordinal))
            || server.Volumes.Any(mount => mount.Target is { } target && (target.EndsWith(".conf", StringComparison.Ordinal) || target.EndsWith(".crt", StringComparison.Ordinal) || target.Contains("ssl", StringComparison.Ordinal) || target.Contains("cert", StringComparison.Ordinal)));
        if (!mayHaveTls && login.TlsMode is "require" or "verify-ca" or "verify-full")
        {
            yield return At(
                context, client, login.Variables.GetValueOrDefault(LoginPart.Tls, login.Variable), $"{client.Name} requires TLS (sslmode={login.TlsMode}), which {server!.Name} does not offer: its command does not enable ssl.",
                "Use sslmode=prefer, or configure a certificate and ssl=on for the database.");
        }
    }
}

/// <summary>A password in a URL must be encoded.</summary>
internal sealed class DatabaseUrlNotEncodedRule() : DatabaseClientRule(new RuleInfo(
    "DatabaseUrlNotEncoded",
    Warning,
    Error,
    "a database URL with a password that contains a character with a special meaning in a URL: `@ / % # ?`",
    "Encode it (`%40 %2F %25 %23 %3F`), if only the URL needs it encoded, in a separate variable."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ProjectDatabases databases, ServiceDefinition client, ClientLogin login)
    {
        if (login.Text is { } text && (text.IsNotEncoded || text.IsAmbiguous))
        {
            yield return At(
                context, client, login.Variable,
                $"The password in {login.Variable} is not URL-encoded: {(text.IsNotEncoded ? "clients read a part of it as another part of the URL" : "some clients end it too early")}.",
                "Encode it: %25 for %, %2F for /, %40 for @, %3A for :, %3F for ?, %23 for #.");
        }
    }
}

/// <summary>The server must accept the connections of all client pools.</summary>
internal sealed class DatabasePoolTooLargeRule() : DatabaseClientRule(new RuleInfo(
    "DatabasePoolTooLarge",
    Warning,
    Warning,
    "a service with more connections (replicas times pool size) than the `max_connections` of its database",
    "Use smaller pools, fewer replicas or a pooler, or raise `max_connections`."))
{
    private const int DefaultConnections = 100;

    private static readonly string[] PoolWords = ["POOL_SIZE", "POOL_MAX", "MAX_POOL_SIZE", "MAXIMUM_POOL_SIZE", "MAXIMUMPOOLSIZE", "CONNECTION_LIMIT", "MAX_CONNECTIONS", "DB_POOL"];

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ProjectDatabases databases, ServiceDefinition client, ClientLogin login)
    {
        ServiceDefinition? server = databases.Servers.FirstOrDefault(service => service == databases.Named(client, login.Server.Host));
        (string Name, int Size)? pool = client.Environment.Where(pair => PoolWords.Any(word => pair.Key.EndsWith(word, StringComparison.OrdinalIgnoreCase)) && int.TryParse(pair.Value, out _))
            .Select(pair => ((string, int)?)(pair.Key, int.Parse(pair.Value!, System.Globalization.CultureInfo.InvariantCulture))).FirstOrDefault()
            ?? (login.Text?.Options.GetValueOrDefault("connectionlimit") is { } limit && int.TryParse(limit, out int size) ? (login.Variable, size) : null);
        if (server is null || pool is not { } found)
        {
            yield break;
        }

        int most = (server.Command ?? []).Select(word => word.Split("max_connections=")).Where(words => words.Length == 2 && int.TryParse(words[1].Split(' ')[0], out _))
            .Select(words => int.Parse(words[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).LastOrDefault(DefaultConnections);
        if (client.Replicas * found.Size > most)
        {
            yield return At(
                context, client, found.Name, $"{client.Replicas} x {found.Size} connections of {client.Name} are more than the {most} that {server.Name} accepts (max_connections).",
                "Use smaller pools, fewer replicas or a pooler, or raise max_connections.");
        }
    }
}
