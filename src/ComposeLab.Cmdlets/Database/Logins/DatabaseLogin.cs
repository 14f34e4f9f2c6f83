using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Files;

namespace ComposeLab.Database.Logins;

/// <summary>The address of a database and the login to it.</summary>
/// <param name="Host">Name or address of the server, as seen from inside the stack's network.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The password; null if unknown. Never print it.</param>
/// <param name="Database">The database's name.</param>
/// <param name="TlsMode">The TLS mode of the client, in libpq's terms; null: prefer.</param>
/// <param name="SessionOptions">Session settings, as <c>-c name=value</c>; null if there are none.</param>
internal sealed record DatabaseLogin(string Host, int Port, string User, string? Password, string Database, string? TlsMode = null, string? SessionOptions = null)
{
    /// <summary>The path in the client's container of the certificates that it trusts; null: the client library's default.</summary>
    public string? RootCertificatePath { get; init; }

    /// <summary>The certificates that the client trusts, as PEM; null if they cannot be read from here or there are none.</summary>
    public string? RootCertificates { get; init; }

    /// <summary>Whether the client checks who signed the server's certificate.</summary>
    public bool ChecksCertificate => TlsMode is "verify-ca" or "verify-full" or "verifyca" or "verifyfull";

    /// <summary>Whether the client also checks that the certificate is for the host.</summary>
    public bool ChecksHost => TlsMode is "verify-full" or "verifyfull";

    /// <summary>The default port of PostgreSQL.</summary>
    public const int DefaultPort = ServerAddress.DefaultPort;

    /// <summary>Whether the client rejects a connection without TLS.</summary>
    public bool DemandsTls => TlsMode is "require" or "verify-ca" or "verify-full" or "verifyca" or "verifyfull";

    /// <summary>The login without its password, for messages.</summary>
    /// <returns>User, host, port and database.</returns>
    public override string ToString() => $"{User}@{new ServerAddress(Host, Port)}/{Database}";
}

/// <summary>Reads the login that a server was configured to create, by the rules of the official image and of Bitnami's.</summary>
internal static partial class ServerSettings
{
    /// <summary>The variable that contains the password of the server's own user.</summary>
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

    /// <summary>The variable that provides the password of the server's own user.</summary>
    /// <param name="variables">The server's variables.</param>
    /// <returns>The variable; that of the official image if none is set.</returns>
    public static string PasswordVariableOf(ServiceVariables variables) => Passwords.FirstOrDefault(name => variables.Get(name) is not null) ?? PasswordVariable;

    /// <summary>The variable that provides the server's own user.</summary>
    /// <param name="variables">The server's variables.</param>
    /// <returns>The variable; that of the official image if none is set.</returns>
    public static string UserVariableOf(ServiceVariables variables) => Users.FirstOrDefault(name => variables.Get(name) is not null) ?? Users[0];

    private static string? First(ServiceVariables variables, string[] names) => names.Select(variables.Get).FirstOrDefault(value => value is not null);

    [GeneratedRegex(@"(?:^|\s)(?:-p\s*|--port[= ]|-c\s*port=)(?<port>\d{1,5})(?:\s|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PortOption();
}

/// <summary>Reads the variables of a service, as its container has them.</summary>
internal static class ContainerVariables
{
    /// <summary>Reads them from the project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>The variables.</returns>
    public static ServiceVariables Of(ComposeProject project, ServiceDefinition service) => ServiceVariables.Of(project, service, TextFile.FindExact);

    /// <summary>Reads those that a container was created with; files are searched in its mounts, then in those of the service.</summary>
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

        return new ServiceVariables(
            values, path => (Mounted(container, path) is { } host ? TextFile.FindExact(host) : null) ?? ServiceVariables.ContentAt(project, service, path, TextFile.FindExact))
        {
            MountTargets = [.. container.Mounts.Select(mount => mount.Target)],
            HostFile = path => Mounted(container, path) ?? ServiceVariables.HostPath(project, service, path),
        };
    }

    private static string? Mounted(ContainerDetails container, string path) =>
        container.Mounts.FirstOrDefault(mount => mount.Target == path && mount.Type == "bind") is { Source.Length: > 0 } mount ? mount.Source : null;
}
