using System.Globalization;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates a container's restart policy; the deploy section overrides the older key, as in the reference.</summary>
internal static class RestartSpecs
{
    /// <summary>Creates the policy.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The restart policy of its containers.</returns>
    public static RestartSpec Make(ServiceDefinition service)
    {
        if (service.Deploy?.RestartPolicy is { } policy)
        {
            return policy.Condition switch
            {
                "none" or "no" => RestartSpec.Never,
                "on-failure" => new RestartSpec("on-failure", (int)(policy.MaxAttempts ?? 0)),
                "unless-stopped" => new RestartSpec("unless-stopped", 0),
                _ => new RestartSpec("always", 0),
            };
        }

        string[] parts = (service.Restart ?? "").Split(':', 2);
        return parts[0].Length == 0
            ? RestartSpec.Never
            : new RestartSpec(parts[0], parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 0);
    }
}
