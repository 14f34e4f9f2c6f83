using System.Globalization;
using ComposeLab.Database.Queries;

namespace ComposeLab.Database.Backups;

/// <summary>The SQL around a restore: what a dump of one database does not contain.</summary>
internal static class RestoreStatements
{
    // Their values are lists, which the server stores quoted.
    private static readonly string[] ListSettings =
        ["search_path", "temp_tablespaces", "session_preload_libraries", "shared_preload_libraries", "local_preload_libraries", "unix_socket_directories"];

    private static readonly string[] Privileges = ["CONNECT", "CREATE", "TEMPORARY"];

    /// <summary>Creates an empty database like the one that was backed up.</summary>
    /// <param name="facts">The database that was backed up.</param>
    /// <param name="name">The name of the new one.</param>
    /// <param name="owner">Its owner; null for the current role.</param>
    /// <returns>The statement.</returns>
    public static string Create(DatabaseFacts facts, string name, string? owner)
    {
        string locale = facts switch
        {
            { LocaleProvider: "i", ProviderLocale: { } icu } => $" LOCALE_PROVIDER icu ICU_LOCALE {SqlQuote.Literal(icu)}",
            { LocaleProvider: "b", ProviderLocale: { } builtin } => $" LOCALE_PROVIDER builtin BUILTIN_LOCALE {SqlQuote.Literal(builtin)}",
            _ => "",
        };
        return $"CREATE DATABASE {SqlQuote.Name(name)}{(owner is null ? "" : $" OWNER {SqlQuote.Name(owner)}")} TEMPLATE template0 ENCODING {SqlQuote.Literal(facts.Encoding)}"
            + $" LC_COLLATE {SqlQuote.Literal(facts.Collation)} LC_CTYPE {SqlQuote.Literal(facts.CharacterType)}{locale}";
    }

    /// <summary>Sets the properties of a database that a dump does not contain.</summary>
    /// <param name="facts">The database that was backed up.</param>
    /// <param name="name">The name of the restored one.</param>
    /// <param name="withRoles">Whether privileges and settings of roles are included; they must exist.</param>
    /// <returns>The statements.</returns>
    public static IEnumerable<string> Properties(DatabaseFacts facts, string name, bool withRoles)
    {
        string database = SqlQuote.Name(name);
        if (facts.ConnectionLimit >= 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"ALTER DATABASE {database} CONNECTION LIMIT {facts.ConnectionLimit}");
        }

        if (facts.Comment is { } comment)
        {
            yield return $"COMMENT ON DATABASE {database} IS {SqlQuote.Literal(comment)}";
        }

        foreach (SettingFacts setting in facts.Settings.Where(setting => withRoles || setting.Role is null))
        {
            string subject = setting.Role is { } role ? $"ALTER ROLE {SqlQuote.Name(role)} IN DATABASE {database}" : $"ALTER DATABASE {database}";
            string value = ListSettings.Contains(setting.Name, StringComparer.OrdinalIgnoreCase) ? setting.Value : SqlQuote.Literal(setting.Value);
            // A setting of an extension has a dot in its name.
            string parameter = string.Join('.', setting.Name.Split('.').Select(SqlQuote.Name));
            yield return $"{subject} SET {parameter} TO {(value.Length == 0 ? "''" : value)}";
        }

        if (withRoles && facts.Grants is { } grants)
        {
            yield return $"REVOKE ALL ON DATABASE {database} FROM PUBLIC";
            foreach (GrantFacts grant in grants.Where(grant => Privileges.Contains(grant.Privilege, StringComparer.Ordinal)))
            {
                yield return $"GRANT {grant.Privilege} ON DATABASE {database} TO {(grant.Role is { } role ? SqlQuote.Name(role) : "PUBLIC")}{(grant.Grantable ? " WITH GRANT OPTION" : "")}";
            }
        }
    }

    /// <summary>Creates the roles that a backup refers to, without passwords and without the right to log in.</summary>
    /// <param name="roles">The roles.</param>
    /// <param name="existing">The roles that exist.</param>
    /// <returns>The statements.</returns>
    public static IEnumerable<string> Roles(IEnumerable<string> roles, IEnumerable<string> existing) =>
        roles.Except(existing, StringComparer.Ordinal).Select(role => $"CREATE ROLE {SqlQuote.Name(role)}");

    /// <summary>Holds off the clients of a database: new sessions are rejected, and existing ones are ended.</summary>
    /// <param name="name">The database.</param>
    /// <returns>The statements.</returns>
    public static IReadOnlyList<string> HoldOff(string name) =>
    [
        $"ALTER DATABASE {SqlQuote.Name(name)} ALLOW_CONNECTIONS false",
        $"SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = {SqlQuote.Literal(name)} AND pid <> pg_catalog.pg_backend_pid()",
    ];

    /// <summary>Accepts the clients of a database again.</summary>
    /// <param name="name">The database.</param>
    /// <returns>The statement.</returns>
    public static string Accept(string name) => $"ALTER DATABASE {SqlQuote.Name(name)} ALLOW_CONNECTIONS true";

    /// <summary>Exchanges two databases, completely or not at all.</summary>
    /// <param name="name">The name that clients use.</param>
    /// <param name="before">The new name of the database that has it; null if no database has it.</param>
    /// <param name="draft">The database that gets the name.</param>
    /// <returns>The statements of one transaction.</returns>
    public static IReadOnlyList<string> Exchange(string name, string? before, string draft) =>
    [
        "BEGIN",
        .. before is null ? Array.Empty<string>() : [$"ALTER DATABASE {SqlQuote.Name(name)} RENAME TO {SqlQuote.Name(before)}"],
        $"ALTER DATABASE {SqlQuote.Name(draft)} RENAME TO {SqlQuote.Name(name)}",
        "COMMIT",
    ];

    /// <summary>Drops a database.</summary>
    /// <param name="name">The database.</param>
    /// <returns>The statement.</returns>
    public static string Drop(string name) => $"DROP DATABASE IF EXISTS {SqlQuote.Name(name)}";
}
