using System.Globalization;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <summary>The fixes for a cause: a command that can be pasted, or an edit with file, line and both texts; or a decision for a person if there is no single
/// fix.</summary>
/// <param name="seen">The evidence.</param>
/// <param name="commands">Writes commands for the project.</param>
internal sealed class Remedies(DatabaseEvidence seen, CommandText commands)
{
    private const string LargestFirst = """du -axk "${PGDATA:-/var/lib/postgresql/data}" | sort -rn | head -15""";

    /// <summary>Whether a swarm runs the stack, or is to run it.</summary>
    public bool IsSwarm => seen.IsSwarm;

    /// <summary>Finds the lines to edit.</summary>
    public ValuePlaces Places { get; } = new(seen.Project);

    /// <summary>A command with the parameters that select the project.</summary>
    /// <param name="command">The cmdlet with its own arguments.</param>
    /// <returns>The command.</returns>
    public string Command(string command) => commands.Of(command);

    /// <summary>Starts stopped services, resumes paused ones, recreates changed ones, and waits. On a swarm, changes services and waits.</summary>
    /// <returns>The command.</returns>
    public string Start() => commands.Of(seen.IsSwarm ? "Deploy-LabStack" : "Start-LabStack");

    /// <summary>Starts one service that was stopped or paused. A swarm replaces its tasks.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The command.</returns>
    public string StartAgain(string service) => seen.IsSwarm ? Restart(service) : Start();

    /// <summary>Waits until everything is ready.</summary>
    /// <returns>The command.</returns>
    public string Wait() => commands.Of(seen.IsSwarm ? "Test-LabDb -Wait" : "Wait-LabStack");

    /// <summary>Restarts one service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The command.</returns>
    public string Restart(string service) => commands.Of($"Restart-LabStack {CommandText.Quote(service)}{(seen.IsSwarm ? " -Orchestrator Swarm" : "")}");

    /// <summary>Shows why a swarm runs no task of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The command.</returns>
    public string ListTasks(string service)
    {
        string context = commands.Context is { Length: > 0 } name ? $" -Context {CommandText.Quote(name)}" : "";
        return $"Get-LabTask {CommandText.Quote(service)} -ProjectName {CommandText.Quote(seen.Project.Name)} -All{context}";
    }

    /// <summary>Moves the data of a server to another major version.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The steps.</returns>
    public string Update(string service) => seen.IsSwarm
        ? $"with the old image, {commands.Of("Backup-LabDb -IncludeGlobal")}; then deploy the new image with another volume, and use Restore-LabDb with the backup of {service}"
        : commands.Of("Update-LabDb");

    /// <summary>Reads the log of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The command.</returns>
    public string ReadLog(string service) => commands.Of($"Get-LabLog {CommandText.Quote(service)} -Tail 50");

    /// <summary>Runs a statement with the server's own user.</summary>
    /// <param name="server">The server.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="database">The database; null for the server's default.</param>
    /// <returns>The command.</returns>
    public string Query(ServerEvidence server, string statement, string? database = null)
    {
        string service = seen.Servers.Count > 1 ? $" -Service {CommandText.Quote(server.Service)}" : "";
        return commands.Of($"Invoke-LabQuery {CommandText.Quote(statement)}{service}{(database is null ? "" : $" -Database {CommandText.Quote(database)}")}");
    }

    /// <summary>An edit, and the start that applies it.</summary>
    /// <param name="edit">The edit; null if no line is known.</param>
    /// <param name="otherwise">The action if no line is known, as a clause that a start completes.</param>
    /// <returns>The fix.</returns>
    public string Then(string? edit, string otherwise) => $"{edit ?? otherwise}, then: {Start()}";

    /// <summary>Changes one part of a login in its line.</summary>
    /// <param name="client">The login.</param>
    /// <param name="part">The part.</param>
    /// <param name="old">The current part.</param>
    /// <param name="value">The correct part.</param>
    /// <param name="otherwise">The action if no line is known.</param>
    /// <returns>The edit and the start; only the start if the files were already edited.</returns>
    public string Change(ClientEvidence client, LoginPart part, string old, string value, string otherwise)
    {
        if (client.IsEdited)
        {
            return Start();
        }

        string? variable = client.Used.Variables.GetValueOrDefault(part, client.Used.Variable);
        string[] contexts = part switch
        {
            LoginPart.Host => ["@{0}:", "@{0}/", "@{0}?", "//{0}:", "//{0}/", "host={0};", "Host={0};", "Server={0};", "host={0} ", "host={0}&", "@{0}", "//{0}", "host={0}", "Host={0}", "Server={0}"],
            LoginPart.Port => [":{0}/", "port={0}", "Port={0}", ":{0}?", ":{0}"],
            LoginPart.User => ["//{0}:", "//{0}@", "user={0}", "Username={0}", "User Id={0}", "User ID={0}", "UserId={0}"],
            LoginPart.Database => ["/{0}?", "dbname={0}", "Database={0}", "/{0}"],
            LoginPart.Tls => ["sslmode={0}", "SslMode={0}", "SSL Mode={0}", "Ssl Mode={0}", "ssl={0}"],
            _ => [],
        };
        return Then(Places.Edit(client.Definition, variable, old, value, Shortest(client, part, old, contexts)), $"In {Places.Describe(client.Definition, variable)} {otherwise}");
    }

    /// <summary>Changes the host to another server, and the port if it differs.</summary>
    /// <param name="client">The login.</param>
    /// <param name="host">The host.</param>
    /// <param name="port">The port there.</param>
    /// <returns>The edit and the start.</returns>
    public string ChangeAddress(ClientEvidence client, string host, int port)
    {
        // Of several servers, the one that was tried last.
        ServerAddress old = client.Used.Servers.FirstOrDefault(server => server.Host == client.Tried.Host && server.Port == client.Tried.Port) ?? client.Used.Server;
        if (old.Port == port)
        {
            bool isIPv6 = System.Net.IPAddress.TryParse(old.Host, out System.Net.IPAddress? address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
            string from = isIPv6 ? $"[{old.Host}]" : old.Host;
            return Change(client, LoginPart.Host, from, host, $"write the host {CommandText.Quote(host)}");
        }

        string both = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        string? edit = client.IsEdited ? null : Places.Edit(client.Definition, client.Used.Variable, old.ToString(), both, "@{0}", "//{0}");
        return client.IsEdited ? Start() : Then(edit, $"In {Places.Describe(client.Definition, client.Used.Variable)} write the host {CommandText.Quote(host)} and the port {port}");
    }

    /// <summary>Frees space for the data.</summary>
    /// <param name="server">The server.</param>
    /// <returns>The action and the command after it.</returns>
    public string FreeSpace(ServerEvidence server)
    {
        string room = $"Free space on the disk or volume of {server.Service}, then: {Restart(server.Service)}";
        string look = $"{commands.Of($"Invoke-LabCommand {CommandText.Quote(server.Service)}")} -- sh -c '{LargestFirst}'";
        return server.Container is { Runs: true } ? $"{room}\nTo find large files: {look}" : room;
    }

    /// <summary>Enlarges the shared memory of a server.</summary>
    /// <param name="server">The server.</param>
    /// <returns>The edit and the start.</returns>
    public string EnlargeSharedMemory(ServiceDefinition server) => seen.IsSwarm
        ? Then(null, $"Give {server.Name} a larger /dev/shm, which a swarm sets by a mount: volumes: [{{ type: tmpfs, target: /dev/shm, tmpfs: {{ size: 268435456 }} }}]")
        : Then(server.Node["shm_size"] is { } node ? Places.Rewrite(node.Origin, "shm_size:", "shm_size: 256m") : null, $"Give {server.Name} shm_size: 256m");

    /// <summary>Sets the password of a client to that of the database.</summary>
    /// <param name="client">The login.</param>
    /// <param name="server">The server.</param>
    /// <returns>The edit and the start; the password itself is never shown.</returns>
    public string ChangePassword(ClientEvidence client, ServerEvidence server)
    {
        if (client.IsEdited)
        {
            return Start();
        }

        string source = $"{server.PasswordVariable} of {server.Service}";
        string? variable = client.Used.Variables.GetValueOrDefault(LoginPart.Password);
        string where = Places.Describe(client.Definition, variable ?? client.Used.Variable);
        bool isOwn = client.Tried.User == server.Own.User && server.Own.Password is not null;
        if (!isOwn)
        {
            return $"Decide which password of role {CommandText.Quote(client.Tried.User)} is correct. Either write it in {where}, then: {Start()}\n"
                + $"Or give the role the password that {client.Service} uses: {commands.Of($"Reset-LabDbPassword -Role {CommandText.Quote(client.Tried.User)}")}";
        }

        if (Places.Of(server.Definition, server.PasswordVariable) is [{ Reads: { } name }, ..])
        {
            string value = $"${{{name}}}";
            string? edit = client.Used.Text is null || variable != client.Used.Variable
                ? Places.Assign(client.Definition, variable, value)
                : Url(client, server, value) is { } url ? Places.Assign(client.Definition, variable, url) : null;
            if (edit is not null && IsCompose(client, variable))
            {
                return $"{edit}, then: {Start()}";
            }
        }

        return variable is null
            ? $"Give {where} a password, the value of {source}, then: {Start()}"
            : client.Used.Text is not null && variable == client.Used.Variable
                ? $"Write the password that {source} has in {where}, then: {Start()}"
                : $"Give {where} the value of {source}, then: {Start()}";
    }

    /// <summary>URL-encodes a password.</summary>
    /// <param name="client">The login.</param>
    /// <returns>The fix; it does not show any part of the password.</returns>
    public string EncodePassword(ClientEvidence client)
    {
        if (client.IsEdited)
        {
            return Start();
        }

        string signs = "%25 for %, %2F for /, %40 for @, %3A for :, %3F for ?, %23 for #";
        bool isShared = Places.Of(client.Definition, client.Used.Variable).Count > 1;
        return isShared
            ? $"Use a separate variable for the encoded password in the URL ({signs}) and read that in {Places.Describe(client.Definition, client.Used.Variable)}: the server needs the password unencoded. Then: {Start()}"
            : $"Encode the password in {Places.Describe(client.Definition, client.Used.Variable)} ({signs}), then: {Start()}";
    }

    // The whole URL, with the password read from the server's own variable. It contains no secret.
    private static string? Url(ClientEvidence client, ServerEvidence server, string password)
    {
        bool isPlain = client.Used.Text is { Form: ConnectionForm.Url, Options.Count: 0, Servers.Count: 1 } && Uri.EscapeDataString(server.Own.Password!) == server.Own.Password;
        return isPlain && client.Used.Text!.User is { } user
            ? $"postgresql://{Uri.EscapeDataString(user)}:{password}@{client.Used.Server}/{Uri.EscapeDataString(client.Tried.Database)}"
            : null;
    }

    // Compose replaces variables in Compose files; an env file of a service has its own rules.
    private bool IsCompose(ClientEvidence client, string? variable) =>
        Places.Of(client.Definition, variable) is [{ } place, ..] && (seen.Project.ComposeFiles.Contains(place.File) || seen.Project.Sources.Any(source => source.Path == place.File));

    // The characters around the part are needed only if the shorter text occurs twice in the line, or starts a longer word.
    private string[] Shortest(ClientEvidence client, LoginPart part, string old, string[] contexts)
    {
        if (part != LoginPart.Host)
        {
            return contexts;
        }

        bool isAlone = Places.Of(client.Definition, client.Used.Variable).All(place => place.Text.IndexOf("@" + old, StringComparison.Ordinal) is var at
            && (at < 0 || at + old.Length + 1 >= place.Text.Length || !(char.IsAsciiLetterOrDigit(place.Text[at + old.Length + 1]) || place.Text[at + old.Length + 1] is '-' or '_' or '.')));
        return isAlone ? ["@{0}", .. contexts] : contexts;
    }
}
