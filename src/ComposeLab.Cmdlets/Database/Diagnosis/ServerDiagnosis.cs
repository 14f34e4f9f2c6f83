using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Finds out why a server cannot be used by any client, and why it stopped.</summary>
/// <param name="seen">The evidence.</param>
/// <param name="server">The server.</param>
/// <param name="remedies">The fixes.</param>
internal sealed partial class ServerDiagnosis(DatabaseEvidence seen, ServerEvidence server, Remedies remedies)
{
    private const string Settings =
        "shared_buffers=128MB max_connections=100 work_mem=4MB maintenance_work_mem=64MB wal_level=replica max_wal_senders=10 effective_cache_size=4GB wal_buffers=-1 port=5432 "
        + "superuser_reserved_connections=3 huge_pages=try max_wal_size=1GB min_wal_size=80MB listen_addresses='*' log_statement=none synchronous_commit=on fsync=on ssl=off "
        + "shared_preload_libraries='' max_worker_processes=8 password_encryption=scram-sha-256 timezone=UTC log_min_duration_statement=-1 max_locks_per_transaction=64";

    // The default settings of a server.
    private static readonly Dictionary<string, string> DefaultSettings = Settings.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Creates the diagnosis.</summary>
    /// <returns>The cause; null if the server can be queried.</returns>
    public DiagnosedCause? Find()
    {
        if (server.Container is not { } container)
        {
            foreach ((string attribute, Node? node) in new[] { ("scale", server.Definition.Node["scale"]), ("replicas", (server.Definition.Node["deploy"] as MappingNode)?["replicas"]) })
            {
                if (node is ScalarNode { Text: "0" })
                {
                    string? edit = remedies.Places.Rewrite(node.Origin, $"{attribute}: 0", $"{attribute}: 1");
                    return new DiagnosedCause(
                        LabDbCause.NotStarted, $"{seen.Project.Name} has no container of {server.Service}: it is scaled to 0 ({attribute}).",
                        remedies.Then(edit, $"Set {attribute} of {server.Service} to 1"));
                }
            }

            return seen.IsSwarm
                ? new DiagnosedCause(LabDbCause.NotStarted, $"{seen.Project.Name} has no running task of {server.Service}.", $"{remedies.Start()}\nTo see why a task waits or failed: {remedies.ListTasks(server.Service)}")
                : new DiagnosedCause(LabDbCause.NotStarted, $"{seen.Project.Name} has no container of {server.Service}: the stack was not started.", remedies.Start());
        }

        switch (container.State)
        {
            case ContainerState.Running:
                return OfRunning(container);
            case ContainerState.Paused:
                return new DiagnosedCause(LabDbCause.DatabasePaused, $"{container.Name} is paused: it accepts connections and never answers.", remedies.StartAgain(server.Service));
            case ContainerState.Created:
                string why = container.EngineError.Length > 0 ? $": {container.EngineError}" : "";
                return new DiagnosedCause(LabDbCause.DatabaseStopped, $"{container.Name} was created but never started{why}.", remedies.StartAgain(server.Service));
            default:
                return OfStopped(container);
        }
    }

    /// <summary>Finds the cause of a failed login with the server's own user, if no client is known.</summary>
    /// <param name="server">The server.</param>
    /// <param name="login">The result of the login.</param>
    /// <param name="remedies">What fixes it.</param>
    /// <returns>The cause.</returns>
    public static DiagnosedCause OfOwnLogin(ServerEvidence server, LoginReport login, Remedies remedies) => login.Fault switch
    {
        LoginFault.AuthenticationFailed or LoginFault.RoleMissing => new DiagnosedCause(
            LabDbCause.VolumeKeepsOldLogin,
            $"The volume of {server.Service} was created with a different login than '{server.Own.User}' has now and still has it: POSTGRES_USER and POSTGRES_PASSWORD apply only to a new volume.",
            remedies.Command("Reset-LabDbPassword")),
        LoginFault.NotReady => Starting(server, remedies),
        LoginFault.Slow => new DiagnosedCause(LabDbCause.SlowDatabase, $"{server.Service} accepts connections, but a login did not finish in time.", remedies.Command("Test-LabDb -TimeoutSec 60")),
        LoginFault.TooManyConnections => new DiagnosedCause(LabDbCause.TooManyConnections, $"All connections of {server.Service} are in use: {login.Detail}.", remedies.Restart(server.Service)),
        LoginFault.DatabaseMissing => new DiagnosedCause(
            LabDbCause.MissingDatabase, $"{server.Service} has no database '{server.Own.Database}'; POSTGRES_DB applies only to a new volume.",
            remedies.Query(server, $"CREATE DATABASE {LoginDiagnosis.Quoted(server.Own.Database)}", "postgres")),
        LoginFault.Refused or LoginFault.Silent or LoginFault.ConnectionLost or LoginFault.Unreachable when server.Container?.Health == HealthStatus.Starting => Starting(server, remedies),
        LoginFault.Refused or LoginFault.Silent or LoginFault.ConnectionLost or LoginFault.Unreachable => new DiagnosedCause(
            LabDbCause.DatabaseNotAnswering, $"{server.Container?.Name} is running, but nothing answers on port {server.Own.Port}.", remedies.Restart(server.Service)),
        _ => new DiagnosedCause(LabDbCause.Unknown, $"{server.Service} answered: {login.Detail}", remedies.ReadLog(server.Service)),
    };

    /// <summary>Reports that the server is not ready yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="remedies">What fixes it.</param>
    /// <returns>DatabaseStarting.</returns>
    public static DiagnosedCause Starting(ServerEvidence server, Remedies remedies) => new(
        LabDbCause.DatabaseStarting, $"{server.Service} is starting, recovering or shutting down: it accepts no logins yet.", remedies.Wait());

    /// <summary>Finds a failing health check of a usable server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="remedies">What fixes it.</param>
    /// <returns>The cause; null if it passes.</returns>
    public static DiagnosedCause? OfHealth(ServerEvidence server, Remedies remedies)
    {
        if (server.Container is not { Health: HealthStatus.Unhealthy } container)
        {
            return null;
        }

        string said = container.LastProbe.Length == 0 ? "it prints nothing" : $"it prints: {container.LastProbe.TrimEnd('.')}";
        bool isItsOwn = server.Definition.Healthcheck?.Test is { } test && !(test.Count > 1 && test.Any(word => word.Contains("pg_isready", StringComparison.Ordinal)) && !BrokenProbe().IsMatch(container.LastProbe));
        string good = $"""test: [CMD-SHELL, "pg_isready -q -h 127.0.0.1 -U {server.Own.User} -d {server.Own.Database}"]""";
        string? edit = isItsOwn && IsForeign(server.Definition, container.LastProbe) && server.Definition.Healthcheck!.Node["test"] is { } node
            ? remedies.Places.Rewrite(node.Origin, "test:", good)
            : null;
        return new DiagnosedCause(
            LabDbCause.DatabaseUnhealthy,
            $"{container.Name} can be used, but its health check fails; {said}.",
            edit is null ? remedies.Restart(server.Service) : $"{edit}, then: {remedies.Start()}");
    }

    // A health check with a missing program or server says nothing about PostgreSQL. One with its own condition may.
    private static bool IsForeign(ServiceDefinition service, string said) => BrokenProbe().IsMatch(said)
        || (service.Healthcheck?.Test is { } test && test.Any(word => ForeignProbe().IsMatch(word)));

    private DiagnosedCause? OfRunning(ContainerEvidence container)
    {
        bool works = seen.Clients.Any(client => seen.ServerOf(client) == server && client.Login.IsGood);
        if (!works && container.Log.FirstStartOf(runs: true) == FirstStart.Running)
        {
            string script = container.Log.LastScript is { } name ? $" ({name})" : "";
            return new DiagnosedCause(
                LabDbCause.InitRunning,
                $"{server.Service} is creating its database: its init scripts are still running{script}. It accepts logins when they have finished. A restart now would leave the volume incomplete.",
                remedies.Command("Test-LabDb -Wait"));
        }

        if (server.DiskFree is { } free && DatabaseDiagnosis.IsFull(free))
        {
            return FullDisk();
        }

        return null;
    }

    private DiagnosedCause FullDisk() => new(
        LabDbCause.DiskFull, $"The data disk of {server.Service} is full: the next write fails.", remedies.FreeSpace(server));

    private DiagnosedCause OfStopped(ContainerEvidence container)
    {
        string how = container.State == ContainerState.Restarting ? $"{container.Name} exits again and again (exit code {container.ExitCode})" : $"{container.Name} has exited (exit code {container.ExitCode})";
        (StopReason reason, string line, Match? match) = container.Log.WhyStopped(container.ExitCode, container.IsOutOfMemory);
        if (reason is not (StopReason.Requested or StopReason.OutOfMemory or StopReason.NoPassword or StopReason.BothForms) && container.Log.FirstStartOf(runs: false) == FirstStart.Failed)
        {
            return InitFailed(server, remedies, how);
        }

        string told = line.Length == 0 ? "" : $" ({line.TrimEnd('.')})";
        return reason switch
        {
            StopReason.DiskFull => FullDisk(),
            StopReason.SharedMemoryFull => SharedMemory(how, told),
            StopReason.Requested => Stopped($"{how}: it was stopped.", remedies.StartAgain(server.Service)),
            StopReason.OtherMajorVersion => Stopped($"{how}: its volume contains data of {Version(match, "old", "another major version")}, which {Version(match, "new", "the image's version")} cannot read{told}.", OtherVersion(match)),
            StopReason.DataNotAccessible => Stopped($"{how}: its user cannot use the data directory, which another user owns{told}.", OwnData()),
            StopReason.DataReadOnly => Stopped($"{how}: its data directory is mounted read-only{told}.", Writable()),
            StopReason.DataNotEmpty => Stopped(
                $"{how}: the data directory contains files but no database{told}.",
                $"Mount an empty folder, or set PGDATA of {server.Service} to a folder below the mount, such as /var/lib/postgresql/data/pgdata, then: {remedies.Start()}"),
            StopReason.MountPathOfOlderVersion => Stopped($"{how}: since version 18 the image keeps its data below /var/lib/postgresql, and the volume is mounted at /var/lib/postgresql/data.", NewMountPath()),
            StopReason.BadSetting or StopReason.TooMuchMemory => Stopped($"{how}: a setting cannot be used{told}.", Setting(match, reason)),
            StopReason.BadLocale => Stopped($"{how}: the image does not have the locale{told}.", Locale()),
            StopReason.OutOfMemory => Stopped($"{how}: the kernel killed it because it reached its memory limit (OOMKilled).", Memory()),
            StopReason.NoPassword => Stopped($"{how}: POSTGRES_PASSWORD is not set, and a new volume needs it.", SetPassword()),
            StopReason.BothForms => Stopped($"{how}: {match?.Groups["name"].Value ?? "POSTGRES_PASSWORD"} is set both as a value and as a file (_FILE).", OneForm(match?.Groups["name"].Value ?? "POSTGRES_PASSWORD")),
            StopReason.FileMissing => Stopped($"{how}: a file is missing or cannot be read{told}.", $"Correct the path in the command, the variables or the mounts of {server.Service}, then: {remedies.Start()}"),
            StopReason.BadCertificate => Stopped(
                $"{how}: its certificate or key cannot be used{told}.",
                $"Use a certificate and a key that the user of {server.Service} owns with mode 0600, or set ssl=off, then: {remedies.Start()}"),
            StopReason.RunsAsRoot => Stopped($"{how}: PostgreSQL does not run as root{told}.", RunsAsRoot()),
            StopReason.DataDamaged => Stopped($"{how}: its data is damaged{told}.", $"Restore {server.Service} from a backup. Before that, keep a copy of the volume; do not delete files in it.\nIts log: {remedies.ReadLog(server.Service)}"),
            StopReason.BadCommand => Stopped($"{how}: its command cannot be run{told}.", $"Correct the command, entrypoint or scripts of {server.Service}, then: {remedies.Start()}"),
            _ when container.ExitCode is 137 or 143 && line.Length == 0 => Stopped($"{how}: it was stopped.", remedies.StartAgain(server.Service)),
            _ => Stopped($"{how}{(line.Length == 0 ? "" : $": {line.TrimEnd('.')}")}.", container.ExitCode is 137 or 143 ? remedies.StartAgain(server.Service) : remedies.ReadLog(server.Service)),
        };
    }

    /// <summary>Reports that an init script failed and left the volume incomplete.</summary>
    /// <param name="server">The server.</param>
    /// <param name="remedies">What fixes it.</param>
    /// <param name="how">The state of the container.</param>
    /// <returns>InitFailed.</returns>
    public static DiagnosedCause InitFailed(ServerEvidence server, Remedies remedies, string how)
    {
        string error = server.Container!.Log.FirstStartError is { Length: > 0 } text ? $": {text.TrimEnd('.')}" : "";
        string script = server.Container.Log.LastScript is { } name ? $" {name}" : "";
        string volume = server.Definition.Volumes.FirstOrDefault(mount => mount.Type == MountType.Volume && mount.Target?.Contains("postgres", StringComparison.Ordinal) == true)?.Source is { } key ? $" '{key}'" : "";
        return new DiagnosedCause(
            LabDbCause.InitFailed,
            $"{how}: an init script{script} failed{error}. The volume is incomplete, and init scripts run only on an empty volume.",
            $"Fix the script. Then empty the volume{volume} of {server.Service}, which contains only the output of the scripts: remove the containers and that volume, then: {remedies.Start()}"
            + (remedies.IsSwarm ? "" : $"\nIf the project has no other volume with data: {remedies.Command("Remove-LabStack -Volume")}"));
    }

    private static DiagnosedCause Stopped(string message, string recommendation) => new(LabDbCause.DatabaseStopped, message, recommendation);

    private DiagnosedCause SharedMemory(string how, string told) => new(
        LabDbCause.SharedMemoryFull,
        $"{how}: /dev/shm is too small for the server{told}. The disk is not full.",
        remedies.EnlargeSharedMemory(server.Definition));

    private static string Version(Match? match, string group, string otherwise) =>
        match?.Groups[group] is { Success: true, Value: var number } ? $"PostgreSQL {number.TrimEnd('.')}" : otherwise;

    private string OtherVersion(Match? match)
    {
        string old = match?.Groups["old"] is { Success: true, Value: var number } ? number.Split('.')[0] : "the old version";
        return $"Decide: run the image of PostgreSQL {old} again (image of {server.Service}), then: {remedies.Start()}\n"
            + $"Or move the data to the new version: {remedies.Update(server.Service)}";
    }

    private string OwnData()
    {
        if (server.Definition.User is { } user && server.Definition.Node["user"] is { } node)
        {
            string? edit = remedies.Places.CommentOut(node.Origin, "user:");
            return remedies.Then(edit, $"Remove user: {CommandText.Quote(user)} of {server.Service}, or make that user the owner of the data directory");
        }

        string folder = server.Definition.Volumes.FirstOrDefault(mount => mount.Type == MountType.Bind && mount.Target?.Contains("postgres", StringComparison.Ordinal) == true)?.Source is { } path ? $" ({CommandText.Quote(path)})" : "";
        return $"Make the user of {server.Service} the owner of the data directory{folder}, or use a named volume, then: {remedies.Start()}";
    }

    private string Writable()
    {
        MountDefinition? mount = server.Definition.Volumes.FirstOrDefault(mount => mount.ReadOnly && mount.Target?.Contains("postgres", StringComparison.Ordinal) == true);
        if (mount is null)
        {
            return $"Mount the data of {server.Service} writable, and add tmpfs folders if its root file system is read-only (/tmp, /var/run/postgresql), then: {remedies.Start()}";
        }

        Origin origin = mount.Origin;
        string? edit = remedies.Places.Replace(origin, $"{mount.Target}:ro", mount.Target!)
            ?? (mount.Node["read_only"] is { } flag ? remedies.Places.Rewrite(flag.Origin, "read_only:", "read_only: false") : null);
        return remedies.Then(edit, $"Mount {CommandText.Quote(mount.Target!)} of {server.Service} without ro");
    }

    private string NewMountPath()
    {
        MountDefinition? mount = server.Definition.Volumes.FirstOrDefault(mount => mount.Target?.TrimEnd('/') == "/var/lib/postgresql/data");
        string? edit = mount is null ? null : remedies.Places.Replace(mount.Origin, ":/var/lib/postgresql/data", ":/var/lib/postgresql");
        return remedies.Then(edit, $"Mount the volume of {server.Service} at /var/lib/postgresql");
    }

    private string Setting(Match? match, StopReason reason)
    {
        string name = match?.Groups["name"] is { Success: true, Value: var found } ? found : reason == StopReason.TooMuchMemory ? "shared_buffers" : "";
        foreach (Node word in Words())
        {
            if (word is ScalarNode scalar && name.Length > 0 && Regex.Match(scalar.Text, $@"(?:^|\s|--){Regex.Escape(name)}=(?<value>'[^']*'|\S+)", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } setting)
            {
                string written = $"{name}={setting.Groups["value"].Value}";
                string? edit = DefaultSettings.TryGetValue(name, out string? value) ? remedies.Places.Replace(scalar.Origin, written, $"{name}={value}") : null;
                string place = remedies.Places.Place("", scalar.Origin) is { } at ? $" ({remedies.Places.Short(at)})" : "";
                return remedies.Then(edit, $"Correct or remove {CommandText.Quote(name)} in the command of {server.Service}{place}");
            }
        }

        return $"Correct {(name.Length > 0 ? CommandText.Quote(name) : "the setting")} in the command or the configuration file of {server.Service}, then: {remedies.Start()}";
    }

    private IEnumerable<Node> Words() => server.Definition.Node["command"] switch { SequenceNode list => list.Items, { } one => [one], _ => [] };

    private string Locale()
    {
        foreach (string variable in new[] { "POSTGRES_INITDB_ARGS", "LANG", "LC_ALL", "LC_COLLATE" })
        {
            if (remedies.Places.Root(server.Definition, variable) is { } place)
            {
                string value = variable == "POSTGRES_INITDB_ARGS" ? "--locale=C.UTF-8" : "C.UTF-8";
                return $"{remedies.Places.Assign(server.Definition, variable, $"\"{value}\"") ?? $"In {place} write a locale of the image, such as C.UTF-8"}, then: {remedies.Start()}";
            }
        }

        return $"Use a locale of the image, such as C.UTF-8, or an image that has the locale, then: {remedies.Start()}";
    }

    private string Memory()
    {
        foreach (string attribute in new[] { "mem_limit", "deploy" })
        {
            if (server.Definition.Node[attribute] is ScalarNode limit && remedies.Places.Rewrite(limit.Origin, "mem_limit:", "mem_limit: 512m") is { } edit)
            {
                return $"{edit}, then: {remedies.Start()}";
            }
        }

        return $"Give {server.Service} more memory (mem_limit or deploy.resources.limits.memory), or lower shared_buffers and work_mem, then: {remedies.Start()}";
    }

    private string SetPassword()
    {
        if (remedies.Places.Root(server.Definition, server.PasswordVariable) is { } place)
        {
            return $"Set {CommandText.Quote(place.Name)} to a password in {remedies.Places.Short(place)}, then: {remedies.Start()}";
        }

        Origin origin = server.Definition.Node["environment"]?.Origin ?? server.Definition.Origin;
        string where = remedies.Places.Place("", origin) is { } at ? $" ({remedies.Places.Short(at)})" : "";
        return $"Set POSTGRES_PASSWORD of {server.Service}{where} to the password that its clients use, then: {remedies.Start()}";
    }

    private string OneForm(string name)
    {
        (string Name, ScalarNode Node)? file = ValuePlaces.Node(server.Definition, name + "_FILE");
        bool isThere = file is { } reference && Compose.Databases.ServiceVariables.ContentAt(seen.Project, server.Definition, reference.Node.Text, Files.TextFile.Find) is not null;
        string? edit = file is { } found && !isThere
            ? remedies.Places.CommentOut(found.Node.Origin, found.Name) ?? remedies.Places.CommentOut(found.Node.Origin, "- " + found.Name)
            : null;
        return remedies.Then(edit, $"Decide which of the two contains the password, and remove the other one from {server.Service} ({name} or {name}_FILE)");
    }

    private string RunsAsRoot() => remedies.Then(
        server.Definition.Node["user"] is { } node ? remedies.Places.CommentOut(node.Origin, "user:") : null, $"Run {server.Service} with the default user and entrypoint of its image");

    [GeneratedRegex(@"not found|no such file|cannot execute|role ""\w+"" does not exist|database ""\w+"" does not exist|not permitted|unknown|invalid|unrecognized", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BrokenProbe();

    [GeneratedRegex(@"\b(?:curl|wget|mysqladmin|redis-cli|mongosh?)\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ForeignProbe();
}
