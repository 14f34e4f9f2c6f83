using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary><c>scale</c> of a service, told to its <c>deploy</c> block as well, where it has one.</summary>
internal static class ScaledReplicas
{
    /// <summary>Completes a service whose two numbers are known not to contradict each other.</summary>
    /// <param name="service">The service in canonical form.</param>
    /// <returns>The service; the same where it has no <c>scale</c> or no <c>deploy</c>.</returns>
    public static MappingNode Complete(MappingNode service) =>
        service["scale"] is ScalarNode { IsNull: false } scale && service["deploy"] is MappingNode deploy && !deploy.Contains("replicas")
            ? service.With("deploy", deploy.With("replicas", scale))
            : service;
}
