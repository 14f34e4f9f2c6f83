using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>The parts of a build fit together.</summary>
internal static class BuildCheck
{
    private const string ServicePrefix = "service:";

    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        if (service.Build is not { } build)
        {
            return;
        }

        if (!string.IsNullOrEmpty(build.DockerfileInline) && !string.IsNullOrEmpty(build.Dockerfile))
        {
            throw Fault.In(
                service, "build", "must have either dockerfile or dockerfile_inline, found both", "Keep one of them.", build.Node["dockerfile_inline"]?.Origin);
        }

        foreach ((string name, string context) in build.AdditionalContexts)
        {
            CheckContext(project, service, name, context);
        }

        if (build.Platforms.Count > 0 && !string.IsNullOrEmpty(service.Platform) && !build.Platforms.Contains(service.Platform, StringComparer.Ordinal))
        {
            throw Fault.In(
                service,
                "build.platforms",
                $"must hold the platform of the service, {service.Platform}",
                $"Add {service.Platform} to build.platforms, or change 'platform'.",
                build.Node["platforms"]?.Origin);
        }
    }

    private static void CheckContext(CheckedProject project, ServiceDefinition service, string name, string context)
    {
        if (!context.StartsWith(ServicePrefix, StringComparison.Ordinal))
        {
            return;
        }

        string target = context[ServicePrefix.Length..];
        if (!project.Services.TryGetValue(target, out ServiceDefinition? other))
        {
            throw References.NoService(project, service, $"build.additional_contexts.{name}", target);
        }

        if (other.Build is null)
        {
            throw Fault.In(
                service,
                $"build.additional_contexts.{name}",
                $"must name a service with a build, but {target} has none",
                $"Give {target} a build, or use 'docker-image://IMAGE'.");
        }
    }
}
