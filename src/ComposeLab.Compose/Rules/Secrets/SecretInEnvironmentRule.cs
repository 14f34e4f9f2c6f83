using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>In production a secret comes as a file: the environment is shown by inspect, inherited by children and printed in crash reports.</summary>
internal sealed class SecretInEnvironmentRule() : ServiceRule(new RuleInfo(
    "SecretInEnvironment",
    null,
    Warning,
    "in production, a password, key or token in the environment of a service",
    "Mount it as a secret and give the service its path (`POSTGRES_PASSWORD_FILE: /run/secrets/...`)."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (ServiceSecret secret in ServiceSecret.Of(context, service).Where(secret => !secret.Value.IsWritten))
        {
            string key = secret.Name.ToLowerInvariant();
            yield return context.At(
                service,
                secret.Path,
                secret.Node,
                $"{secret.Name} holds a secret in plain environment: docker inspect shows it, and every child process inherits it.",
                secret.Value.IsInUrl
                    ? "Take the password out of the URL and hand it over as a secret file, if the service can read one."
                    : $"secrets: [{key}] and {secret.Name}_FILE: /run/secrets/{key}, if the image reads it.");
        }
    }
}
