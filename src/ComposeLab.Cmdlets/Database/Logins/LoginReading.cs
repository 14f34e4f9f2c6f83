using System.Globalization;

namespace ComposeLab.Database.Logins;

/// <summary>Reads logins out of variables: the server's own (<c>POSTGRES_*</c>) and those of the services that use it.</summary>
internal static class LoginReading
{
    private const string UrlVariable = "DATABASE_URL";
    private static readonly string[] PasswordVariables = ["DATABASE_PASSWORD", "POSTGRES_PASSWORD", "DB_PASSWORD", "PGPASSWORD"];

    /// <summary>Reads the login that the server was told to make, by the rules of the official image.</summary>
    /// <param name="service">The database's service.</param>
    /// <param name="variables">Its variables.</param>
    /// <returns>The login.</returns>
    public static DatabaseLogin Own(string service, ServiceVariables variables)
    {
        string user = variables.Get("POSTGRES_USER") ?? "postgres";
        int port = int.TryParse(variables.Get("PGPORT"), NumberStyles.None, CultureInfo.InvariantCulture, out int set) ? set : DatabaseLogin.DefaultPort;
        return new DatabaseLogin(service, port, user, variables.Get("POSTGRES_PASSWORD"), variables.Get("POSTGRES_DB") ?? user);
    }

    /// <summary>Reads the login of a service that uses a database.</summary>
    /// <param name="variables">The service's variables.</param>
    /// <returns>The login; null where no variable holds one.</returns>
    public static ClientLogin? Client(ServiceVariables variables)
    {
        IEnumerable<string> names = variables.Names
            .Select(name => name.EndsWith("_FILE", StringComparison.Ordinal) ? name[..^5] : name)
            .OrderBy(name => name == UrlVariable ? 0 : 1)
            .ThenBy(name => name, StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (variables.Get(name) is { } value && PostgresUrl.Parse(value) is { } login)
            {
                return Complete(login, name, variables);
            }
        }

        return Parts(variables);
    }

    private static ClientLogin Complete(DatabaseLogin login, string name, ServiceVariables variables)
    {
        if (login.Password is not null)
        {
            return new ClientLogin(login, name, name);
        }

        string? variable = PasswordVariables.FirstOrDefault(candidate => variables.Get(candidate) is not null);
        return new ClientLogin(login with { Password = variable is null ? null : variables.Get(variable) }, name, variable);
    }

    // The variables of PostgreSQL's own client library.
    private static ClientLogin? Parts(ServiceVariables variables)
    {
        if (variables.Get("PGHOST") is not { } host)
        {
            return null;
        }

        string user = variables.Get("PGUSER") ?? "postgres";
        int port = int.TryParse(variables.Get("PGPORT"), NumberStyles.None, CultureInfo.InvariantCulture, out int set) ? set : DatabaseLogin.DefaultPort;
        bool tls = variables.Get("PGSSLMODE") is "require" or "verify-ca" or "verify-full";
        return new ClientLogin(
            new DatabaseLogin(host, port, user, variables.Get("PGPASSWORD"), variables.Get("PGDATABASE") ?? user, tls), "PGHOST", "PGPASSWORD");
    }
}
