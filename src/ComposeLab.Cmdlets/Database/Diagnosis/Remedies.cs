using System.Globalization;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <summary>What to type against each cause. An edit names file, line and both texts; a command can be pasted as it is.</summary>
/// <param name="seen">What was seen.</param>
/// <param name="commands">Writes commands for the project.</param>
internal sealed class Remedies(DatabaseEvidence seen, CommandText commands)
{
    private const string LargestFirst = """du -axk "${PGDATA:-/var/lib/postgresql/data}" | sort -rn | head -15""";

    /// <summary>Starts what does not run, wakes what is paused, makes anew what differs, and waits.</summary>
    /// <returns>The command.</returns>
    public string Start() => commands.Of("Start-LabStack");

    /// <summary>Waits until everything is ready.</summary>
    /// <returns>The command.</returns>
    public string Wait() => commands.Of("Wait-LabStack");

    /// <summary>Starts one service again.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The command.</returns>
    public string Restart(string service) => commands.Of($"Restart-LabStack {CommandText.Quote(service)}");

    /// <summary>Reads the log of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The command.</returns>
    public string ReadLog(string service) => commands.Of($"Get-LabLog {CommandText.Quote(service)} -Tail 50");

    /// <summary>Ends every session of the server by starting it again.</summary>
    /// <returns>The command and what to do for good.</returns>
    public string EndSessions() => $"{Restart(seen.Service)}\nIf it comes again: raise max_connections of {seen.Service}, or give its clients smaller pools.";

    /// <summary>Makes room for the data.</summary>
    /// <returns>What to do and the command after it.</returns>
    public string FreeSpace()
    {
        string room = $"Make room on the disk or volume of {seen.Service}, then: {Restart(seen.Service)}";
        string look = $"{commands.Of($"Invoke-LabCommand {CommandText.Quote(seen.Service)}")} -- sh -c '{LargestFirst}'";
        return seen.Database is { Runs: true } ? $"{room}\nWhat fills it: {look}" : room;
    }

    /// <summary>Makes the database that is missing.</summary>
    /// <returns>The command.</returns>
    public string CreateDatabase()
    {
        string statement = $"CREATE DATABASE \"{seen.Effective.Database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return commands.Of($"Invoke-LabQuery {CommandText.Quote(statement)} -Database postgres");
    }

    /// <summary>Gives the volume's user the password that the project has now.</summary>
    /// <returns>The command.</returns>
    public string ResetPassword() => commands.Of("Reset-LabDbPassword");

    /// <summary>Against a volume with another user.</summary>
    /// <returns>What to do.</returns>
    public string OldUser() =>
        $"Put the old POSTGRES_USER back and type {Start()}, or give up the data: {commands.Of("Remove-LabStack -Volume")}, then {Start()}";

    /// <summary>Names the database's service as the host.</summary>
    /// <returns>The edit and the command after it.</returns>
    public string ChangeHost() => Change(
        seen.Declared?.Login.Host != seen.Used?.Login.Host, $"@{seen.Effective.Host}", $"@{seen.Service}", $"name the host {seen.Service}");

    /// <summary>Names the port that the server listens at.</summary>
    /// <returns>The edit and the command after it.</returns>
    public string ChangePort() => Change(
        seen.Declared?.Login.Port != seen.Used?.Login.Port,
        string.Create(CultureInfo.InvariantCulture, $":{seen.Effective.Port}/"),
        string.Create(CultureInfo.InvariantCulture, $":{seen.Own.Port}/"),
        string.Create(CultureInfo.InvariantCulture, $"name the port {seen.Own.Port}"));

    /// <summary>Logs in as the user that there is.</summary>
    /// <returns>The edit and the command after it.</returns>
    public string ChangeUser() => Change(
        seen.Declared?.Login.User != seen.Used?.Login.User, $"//{seen.Effective.User}", $"//{seen.Own.User}", $"name the user {seen.Own.User}");

    /// <summary>No longer demands TLS.</summary>
    /// <returns>The edit and the command after it.</returns>
    public string DropTls() => Change(
        seen.Declared?.Login.DemandsTls != seen.Used?.Login.DemandsTls, "sslmode=require", "sslmode=prefer", $"say sslmode=prefer, or give {seen.Service} a certificate and ssl=on");

    /// <summary>Uses TLS.</summary>
    /// <returns>What to do.</returns>
    public string AddTls() => Change(seen.Declared?.Login.DemandsTls != seen.Used?.Login.DemandsTls, "", "", "say sslmode=require");

    /// <summary>Uses the password that the database has.</summary>
    /// <returns>The edit and the command after it; the password itself is never shown.</returns>
    public string ChangePassword()
    {
        if (seen.Declared?.Login.Password == seen.Own.Password)
        {
            return Start();
        }

        if (seen.PasswordPlace is { } line && seen.OwnPasswordPlace?.Reads is { } name && line.With($"${{{name}}}") is { } edited)
        {
            return $"In {line} write {edited}, then: {Start()}";
        }

        string where = seen.PasswordPlace is { File: not null } place ? $"In {place} give" : "Give";
        return $"{where} {seen.PasswordPlace?.Variable ?? "the password"} the value of {seen.Service}'s POSTGRES_PASSWORD, then: {Start()}";
    }

    /// <summary>Publishes the port that the API listens at.</summary>
    /// <param name="published">The container's port that is published.</param>
    /// <param name="listening">The container's port that answers.</param>
    /// <returns>The edit and the command after it.</returns>
    public string ChangeApiPort(int published, int listening)
    {
        string where = seen.PortPlace is { File: not null } place ? $"In {place} write" : $"In the ports of {seen.Api} write";
        return string.Create(CultureInfo.InvariantCulture, $"{where} {listening} instead of {published}, then: {Start()}");
    }

    /// <summary>Gives the API a database URL.</summary>
    /// <returns>The edit and the command after it.</returns>
    public string Configure() =>
        $"Give {seen.Api} the variable DATABASE_URL: postgresql://{seen.Own.User}:PASSWORD@{seen.Service}:{seen.Own.Port}/{seen.Own.Database}, then: {Start()}";

    // What the project says now may be right already, and only the container old: then nothing has to be edited.
    private string Change(bool isEdited, string from, string to, string otherwise)
    {
        if (isEdited)
        {
            return Start();
        }

        LoginPlace? place = seen.UrlPlace;
        bool stands = place is { File: not null } && from.Length > 0 && place.LineText.Contains(from, StringComparison.Ordinal);
        string where = place is { File: not null } ? $"In {place}" : $"In {seen.Used?.Variable} of {seen.Api}";
        return stands ? $"{where} write {to} instead of {from}, then: {Start()}" : $"{where} {otherwise} ({place?.Variable}), then: {Start()}";
    }
}
