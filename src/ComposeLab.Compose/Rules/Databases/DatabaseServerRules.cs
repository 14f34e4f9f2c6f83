using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Images;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Databases;

/// <summary>A rule about the PostgreSQL services of a project.</summary>
/// <param name="info">The description of the rule.</param>
internal abstract class DatabaseServerRule(RuleInfo info) : ConfigRule(info)
{
    /// <inheritdoc/>
    public sealed override IEnumerable<RuleMatch> Find(RuleContext context)
    {
        IReadOnlyList<ServiceDefinition> servers = ProjectDatabases.Of(context.Project, context.Environment.ReadText).Servers;
        return servers.SelectMany(server => Find(context, server, servers));
    }

    /// <summary>Checks one server.</summary>
    /// <param name="context">The project and its environment.</param>
    /// <param name="server">The server.</param>
    /// <param name="all">Every server of the project.</param>
    /// <returns>The matches.</returns>
    protected abstract IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition server, IReadOnlyList<ServiceDefinition> all);
}

/// <summary>A server must have exactly one password.</summary>
internal sealed class DatabasePasswordMissingRule() : DatabaseServerRule(new RuleInfo(
    "DatabasePasswordMissing",
    Warning,
    Error,
    "a PostgreSQL service of the official image without POSTGRES_PASSWORD, or with both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE: its first start fails",
    "Set one of the two."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition server, IReadOnlyList<ServiceDefinition> all)
    {
        ImageReference? image = ImageReference.Parse(server.Image);
        bool isOfficial = server.Build is null && DatabaseImage.Of(image) is not null && image is { IsBitnami: false } && image.Name is "postgres" or "postgis" or "pgvector";
        bool has = !string.IsNullOrEmpty(server.Environment.GetValueOrDefault("POSTGRES_PASSWORD"));
        bool hasFile = !string.IsNullOrEmpty(server.Environment.GetValueOrDefault("POSTGRES_PASSWORD_FILE"));
        if (has && hasFile)
        {
            yield return context.At(server, "environment.POSTGRES_PASSWORD_FILE", $"{server.Name} has both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE, so it does not start.", "Remove one of the two.");
        }
        else if (isOfficial && !has && !hasFile && !server.Environment.ContainsKey("POSTGRES_PASSWORD") && server.Environment.GetValueOrDefault("POSTGRES_HOST_AUTH_METHOD") != "trust")
        {
            yield return context.At(server, $"{server.Name} has no POSTGRES_PASSWORD, so it does not start with a new volume.", "Set POSTGRES_PASSWORD: ${DB_PASSWORD:?set it in .env}.");
        }
    }
}

/// <summary>A server must be able to write its data.</summary>
internal sealed class DatabaseDataReadOnlyRule() : DatabaseServerRule(new RuleInfo(
    "DatabaseDataReadOnly",
    Error,
    Error,
    "the data directory of a PostgreSQL service mounted read-only",
    "Mount it without `:ro`."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition server, IReadOnlyList<ServiceDefinition> all) => server.Volumes
        .Where(mount => mount.ReadOnly && mount.Target is { } target && (target.StartsWith("/var/lib/postgresql", StringComparison.Ordinal) || target.StartsWith("/bitnami/postgresql", StringComparison.Ordinal)))
        .Select(mount => context.At(server, "volumes", mount.Node, $"{server.Name} cannot write its data: {mount.Target} is mounted read-only.", $"Mount {mount.Target} without ro."));
}

/// <summary>A server must have enough time to shut down.</summary>
internal sealed class DatabaseStopTooShortRule() : DatabaseServerRule(new RuleInfo(
    "DatabaseStopTooShort",
    Information,
    Warning,
    "a PostgreSQL service whose `stop_grace_period` is shorter than 5 seconds: it is killed, and recovers at the next start",
    "Set it to 30 seconds or more."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition server, IReadOnlyList<ServiceDefinition> all)
    {
        if (server.StopGracePeriod is { } period && period < TimeSpan.FromSeconds(5))
        {
            yield return context.At(
                server, "stop_grace_period", $"{server.Name} is killed {period.TotalSeconds:0.#} s after the stop signal, which is too short for a database to write its data.", "stop_grace_period: 30s");
        }
    }
}

/// <summary>A health check must connect like the clients.</summary>
internal sealed partial class DatabaseProbeIncompleteRule() : DatabaseServerRule(new RuleInfo(
    "DatabaseProbeIncomplete",
    Information,
    Information,
    "a health check with `pg_isready` without `-h` (it is ready while init scripts still run), without `-U`, or as one word (`[CMD, \"pg_isready -U app\"]`)",
    "`test: [CMD-SHELL, \"pg_isready -q -h 127.0.0.1 -U $$POSTGRES_USER\"]`"))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition server, IReadOnlyList<ServiceDefinition> all)
    {
        if (server.Healthcheck?.Test is not { } test || !test.Any(word => word.Contains("pg_isready", StringComparison.Ordinal)))
        {
            yield break;
        }

        string words = string.Join(' ', test);
        string? message = test is ["CMD", var only] && only.Contains(' ', StringComparison.Ordinal)
            ? $"The health check of {server.Name} is one word with spaces in it. No program has that name, so it always fails."
            : !Host().IsMatch(words) ? $"The health check of {server.Name} uses the socket, where the server already answers while its init scripts are running, so clients start too early."
            : !User().IsMatch(words) ? $"The health check of {server.Name} connects with the user of its process, so each probe writes an error to the log."
            : null;
        if (message is not null)
        {
            yield return context.At(server, "healthcheck.test", message, "test: [CMD-SHELL, \"pg_isready -q -h 127.0.0.1 -U $$POSTGRES_USER\"]");
        }
    }

    [GeneratedRegex(@"(?:^|\s)(?:-h|--host)[\s=]?\S|PGHOST", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Host();

    [GeneratedRegex(@"(?:^|\s)(?:-U|--username)[\s=]?\S|PGUSER", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex User();
}

/// <summary>YAML must not change the text of a password.</summary>
internal sealed partial class DatabasePasswordNumberRule() : DatabaseServerRule(new RuleInfo(
    "DatabasePasswordNumber",
    Warning,
    Error,
    "a database password written without quotes that YAML reads as a number, such as `0123`",
    "Put it in quotes."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition server, IReadOnlyList<ServiceDefinition> all)
    {
        foreach (MappingEntry entry in (server.Node["environment"] as MappingNode)?.Entries.Where(entry => entry.Key.Contains("PASSWORD", StringComparison.Ordinal)) ?? [])
        {
            string line = context.Project.Sources.FirstOrDefault(source => source.Display == entry.Value.Origin.File)?.Text.Split('\n').ElementAtOrDefault(entry.Value.Origin.Line - 1) ?? "";
            if (entry.Value is ScalarNode scalar && Number().Match(line) is { Success: true } written && written.Groups["value"].Value != scalar.Text)
            {
                yield return context.At(server, $"environment.{entry.Key}", entry.Value, $"{entry.Key} of {server.Name} is written without quotes, so YAML reads it as a number and changes the password.", "Put it in quotes.");
            }
        }
    }

    [GeneratedRegex(@":\s+(?<value>[-+]?(?:0[0-9_]+|0[xob][0-9A-Fa-f_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?))\s*(?:#.*)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}

/// <summary>A data volume must be used by only one server.</summary>
internal sealed class DatabaseVolumeSharedRule() : DatabaseServerRule(new RuleInfo(
    "DatabaseVolumeShared",
    Error,
    Error,
    "two PostgreSQL services on one volume; Alpine and Debian images also sort text indexes differently",
    "Use a separate volume for each."))
{
    /// <inheritdoc/>
    protected override IEnumerable<RuleMatch> Find(RuleContext context, ServiceDefinition server, IReadOnlyList<ServiceDefinition> all)
    {
        foreach (MountDefinition mount in server.Volumes.Where(mount => mount is { Type: MountType.Volume, Source.Length: > 0 }))
        {
            ServiceDefinition? other = all.TakeWhile(earlier => earlier != server).FirstOrDefault(earlier => earlier.Volumes.Any(used => used.Type == MountType.Volume && used.Source == mount.Source));
            if (other is not null)
            {
                bool differs = IsAlpine(server) != IsAlpine(other);
                yield return context.At(
                    server, "volumes", mount.Node,
                    $"{server.Name} and {other.Name} share the volume '{mount.Source}': two servers destroy its data{(differs ? ", and Alpine and Debian images sort text differently" : "")}.",
                    "Use a separate volume for each service.");
            }
        }
    }

    private static bool IsAlpine(ServiceDefinition service) => service.Image?.Contains("alpine", StringComparison.Ordinal) == true;
}
