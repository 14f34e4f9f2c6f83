using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>An image's history keeps the arguments it was built with.</summary>
internal sealed class SecretInBuildArgumentRule() : ServiceRule(new RuleInfo(
    "SecretInBuildArgument",
    Warning,
    Warning,
    "a password, key or token as an argument of a build",
    "Use `build.secrets` and `RUN --mount=type=secret`, which leave nothing in the image."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        foreach (MappingEntry entry in (service.Build?.Node["args"] as MappingNode)?.Entries ?? [])
        {
            if (entry.Value is ScalarNode { IsNull: false } value && SecretValue.In(entry.Key, value, context.Raw) is not null)
            {
                yield return context.At(
                    service,
                    $"build.args.{entry.Key}",
                    value,
                    $"The build argument {entry.Key} holds a secret: docker history shows it to everyone who has the image.",
                    $"build: {{ secrets: [{entry.Key.ToLowerInvariant()}] }} and in the Dockerfile RUN --mount=type=secret,id={entry.Key.ToLowerInvariant()} ...");
            }
        }
    }
}
