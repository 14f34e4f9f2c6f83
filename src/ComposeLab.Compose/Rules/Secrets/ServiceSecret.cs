using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Rules.Secrets;

/// <summary>A secret in a variable of a service.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">What is known about the secret.</param>
/// <param name="Node">Where it stands.</param>
internal sealed record ServiceSecret(string Name, SecretValue Value, ScalarNode Node)
{
    /// <summary>The place in the service.</summary>
    public string Path => $"environment.{Name}";

    /// <summary>Finds the secrets in a service's environment.</summary>
    /// <param name="context">The project.</param>
    /// <param name="service">The service.</param>
    public static IEnumerable<ServiceSecret> Of(RuleContext context, ServiceDefinition service)
    {
        foreach (MappingEntry entry in (service.Node["environment"] as MappingNode)?.Entries ?? [])
        {
            if (entry.Value is ScalarNode { IsNull: false } value && SecretValue.In(entry.Key, value, context.Raw) is { } secret)
            {
                yield return new ServiceSecret(entry.Key, secret, value);
            }
        }
    }
}
