using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>A database must require a password.</summary>
internal sealed class DatabaseWithoutPasswordRule() : ServiceRule(new RuleInfo(
    "DatabaseWithoutPassword",
    Warning,
    Error,
    "a database without a password: `POSTGRES_HOST_AUTH_METHOD: trust`, an allowed empty password, disabled security",
    "Set a password: `${DB_PASSWORD:?}`."))
{
    private static readonly Dictionary<string, string[]> Doors = new(StringComparer.Ordinal)
    {
        ["POSTGRES_HOST_AUTH_METHOD"] = ["trust"],
        ["MYSQL_ALLOW_EMPTY_PASSWORD"] = ["1", "yes", "true"],
        ["MARIADB_ALLOW_EMPTY_PASSWORD"] = ["1", "yes", "true"],
        ["MARIADB_ALLOW_EMPTY_ROOT_PASSWORD"] = ["1", "yes", "true"],
        ["ALLOW_EMPTY_PASSWORD"] = ["1", "yes", "true"],
        ["xpack.security.enabled"] = ["false"],
        ["DISABLE_SECURITY_PLUGIN"] = ["true"],
        ["NEO4J_AUTH"] = ["none"],
    };

    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition service)
    {
        foreach ((string name, string[] values) in Doors)
        {
            if (service.Environment.GetValueOrDefault(name) is { } value && values.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                yield return context.At(
                    service,
                    $"environment.{name}",
                    $"{name}={value} lets everyone who can reach {service.Name} log in without a password.",
                    $"Remove {name} and set a password for the database: ${{DB_PASSWORD:?set it in .env}}.");
            }
        }
    }
}
