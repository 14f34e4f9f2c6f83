using System.Security.Cryptography;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Updates;

/// <summary>Creates the settings of the servers that run beside a service during an update: those of the service, with another image, volume and no network.</summary>
internal static class UpdateSpecs
{
    /// <summary>The label of their containers.</summary>
    public const string Label = "composelab.update-server";

    private static readonly string[] Passwords = ["POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD"];
    private static readonly string[] Databases = ["POSTGRES_DB", "POSTGRESQL_DATABASE"];

    /// <summary>Creates a password for the time until the roles are restored.</summary>
    /// <returns>The password.</returns>
    public static string RandomPassword() => Convert.ToHexString(RandomNumberGenerator.GetBytes(24));

    /// <summary>The server that reads the old volume.</summary>
    /// <param name="service">The settings of the service.</param>
    /// <param name="image">The image.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="target">Where it is mounted.</param>
    /// <param name="project">The project, for the label.</param>
    /// <returns>The settings.</returns>
    public static ContainerSpec Old(ContainerSpec service, string image, string volume, string target, string project) => service with
    {
        Name = $"composelab-update-{Guid.NewGuid():N}"[..30],
        Image = image,
        Labels = new Dictionary<string, string> { [Label] = project },
        Hostname = null,
        DomainName = null,
        Healthcheck = null,
        AutoRemove = false,
        NetworkMode = "none",
        Networks = new Dictionary<string, EndpointSpec>(),
        Ports = [],
        ExposedPorts = [],
        Links = [],
        VolumesFrom = [],
        Restart = RestartSpec.Never,
        Binds = [.. service.Binds.Where(bind => !IsReplaced(TargetOf(bind), target))],
        Mounts = [.. service.Mounts.Where(mount => !IsReplaced(mount.Target, target)), new MountSpec { Type = "volume", Source = volume, Target = target }],
    };

    /// <summary>The server that fills the new volume. It begins with a password of its own, and without databases: roles and databases are restored.</summary>
    /// <param name="service">The settings of the service.</param>
    /// <param name="image">The image.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="target">Where it is mounted.</param>
    /// <param name="project">The project, for the label.</param>
    /// <param name="password">The password; null if logins require none.</param>
    /// <param name="arguments">Arguments of initdb.</param>
    /// <returns>The settings.</returns>
    public static ContainerSpec New(ContainerSpec service, string image, string volume, string target, string project, string? password, string arguments) =>
        Old(service, image, volume, target, project) with { Environment = Environment(service.Environment, password, arguments) };

    /// <summary>The data folder of a server.</summary>
    /// <param name="environment">The variables of its container.</param>
    /// <returns>The path in the container.</returns>
    public static string DataFolder(IReadOnlyList<string> environment) =>
        environment.Where(pair => pair.StartsWith("PGDATA=", StringComparison.Ordinal)).Select(pair => pair[7..]).LastOrDefault(path => path.Length > 0) ?? "/var/lib/postgresql/data";

    private static IReadOnlyList<string> Environment(IReadOnlyList<string> service, string? password, string arguments)
    {
        var kept = new List<string>();
        string initdb = "";
        foreach (string pair in service)
        {
            string name = pair.Split('=', 2)[0];
            if (name == "POSTGRES_INITDB_ARGS")
            {
                initdb = pair[(name.Length + 1)..] + " ";
            }
            else if (!(password is not null && Passwords.Any(known => name == known || name == known + "_FILE")) && !Databases.Any(known => name == known || name == known + "_FILE"))
            {
                kept.Add(pair);
            }
        }

        return
        [
            .. kept, "POSTGRES_DB=postgres", $"POSTGRES_INITDB_ARGS={initdb}{arguments}",
            .. password is null ? Array.Empty<string>() : [.. Passwords.Where(name => name == Passwords[0] || service.Any(pair => pair.StartsWith(name, StringComparison.Ordinal))).Select(name => $"{name}={password}")],
        ];
    }

    // The scripts that fill a new database must not run: their output is in the dump.
    private static bool IsReplaced(string target, string data) =>
        target.TrimEnd('/') == data.TrimEnd('/') || (data.TrimEnd('/') + "/").StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal)
        || target.TrimEnd('/') == "/var/lib/postgresql/data" || target.StartsWith("/docker-entrypoint-initdb.d", StringComparison.Ordinal);

    private static string TargetOf(string bind) => bind.Split(':') is [_, var target, ..] ? target : "";
}
