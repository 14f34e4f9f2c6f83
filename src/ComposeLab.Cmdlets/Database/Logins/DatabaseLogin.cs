using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Files;

namespace ComposeLab.Database.Logins;

/// <summary>Where a database is and how one logs in to it.</summary>
/// <param name="Host">Name or address of the server, as seen from inside the stack's network.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The password; null when none is known. Never print it.</param>
/// <param name="Database">The database's name.</param>
/// <param name="TlsMode">What TLS the client wants, in libpq's words; null: prefer.</param>
/// <param name="SessionOptions">Settings of the session, as <c>-c name=value</c>; null where there are none.</param>
internal sealed record DatabaseLogin(string Host, int Port, string User, string? Password, string Database, string? TlsMode = null, string? SessionOptions = null)
{
    /// <summary>The port PostgreSQL listens at unless it is told otherwise.</summary>
    public const int DefaultPort = ServerAddress.DefaultPort;

    /// <summary>Whether a connection without TLS is refused by the client.</summary>
    public bool DemandsTls => TlsMode is "require" or "verify-ca" or "verify-full" or "verifyca" or "verifyfull";

    /// <summary>The login without its password, for messages.</summary>
    /// <returns>User, host, port and database.</returns>
    public override string ToString() => $"{User}@{new ServerAddress(Host, Port)}/{Database}";
}

/// <summary>Reads the login that a server was told to create, by the rules of the official image and of Bitnami's.</summary>
internal static partial class ServerSettings
{
    /// <summary>The variable that holds the password of the server's own user.</summary>
    public const string PasswordVariable = "POSTGRES_PASSWORD";

    private static readonly string[] Users = ["POSTGRES_USER", "POSTGRESQL_USERNAME", "POSTGRESQL_USER"];
    private static readonly string[] Passwords = [PasswordVariable, "POSTGRESQL_PASSWORD", "POSTGRESQL_POSTGRES_PASSWORD"];
    private static readonly string[] Databases = ["POSTGRES_DB", "POSTGRESQL_DATABASE"];
    private static readonly string[] Ports = ["PGPORT", "POSTGRESQL_PORT_NUMBER"];

    /// <summary>Reads the login.</summary>
    /// <param name="service">The server's service.</param>
    /// <param name="variables">Its variables.</param>
    /// <returns>The login.</returns>
    public static DatabaseLogin Own(ServiceDefinition service, ServiceVariables variables)
    {
        string user = First(variables, Users) ?? "postgres";
        string command = string.Join(' ', service.Command ?? []);
        int? port = PortOption().Match(command) is { Success: true } option ? ConnectionText.Port(option.Groups["port"].Value) : ConnectionText.Port(First(variables, Ports));
        return new DatabaseLogin(service.Name, port ?? DatabaseLogin.DefaultPort, user, First(variables, Passwords), First(variables, Databases) ?? user);
    }

    /// <summary>The variable that the password of the server's own user comes from.</summary>
    /// <param name="variables">The server's variables.</param>
    /// <returns>The variable; the official image's where none is set.</returns>
    public static string PasswordVariableOf(ServiceVariables variables) => Passwords.FirstOrDefault(name => variables.Get(name) is not null) ?? PasswordVariable;

    /// <summary>The variable that the server's own user comes from.</summary>
    /// <param name="variables">The server's variables.</param>
    /// <returns>The variable; the official image's where none is set.</returns>
    public static string UserVariableOf(ServiceVariables variables) => Users.FirstOrDefault(name => variables.Get(name) is not null) ?? Users[0];

    private static string? First(ServiceVariables variables, string[] names) => names.Select(variables.Get).FirstOrDefault(value => value is not null);

    [GeneratedRegex(@"(?:^|\s)(?:-p\s*|--port[= ]|-c\s*port=)(?<port>\d{1,5})(?:\s|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PortOption();
}

/// <summary>Reads the variables of a service, as its container has them.</summary>
internal static class ContainerVariables
{
    /// <summary>Takes what the project says.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>The variables.</returns>
    public static ServiceVariables Of(ComposeProject project, ServiceDefinition service) => ServiceVariables.Of(project, service, TextFile.Find);

    /// <summary>Takes what a container was created with; files are looked up among its mounts, then among those of the service.</summary>
    /// <param name="container">The container.</param>
    /// <param name="project">The project.</param>
    /// <param name="service">The container's service.</param>
    /// <returns>The variables.</returns>
    public static ServiceVariables Of(ContainerDetails container, ComposeProject project, ServiceDefinition service)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string pair in container.Environment)
        {
            int sign = pair.IndexOf('=', StringComparison.Ordinal);
            values[sign < 0 ? pair : pair[..sign]] = sign < 0 ? null : pair[(sign + 1)..];
        }

        return new ServiceVariables(values, path => Mounted(container, path) ?? ServiceVariables.ContentAt(project, service, path, TextFile.Find));
    }

    private static string? Mounted(ContainerDetails container, string path) =>
        container.Mounts.FirstOrDefault(mount => mount.Target == path && mount.Type == "bind") is { Source.Length: > 0 } mount ? TextFile.Find(mount.Source) : null;
}
