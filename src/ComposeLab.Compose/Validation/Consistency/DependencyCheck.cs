using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>The services that a service waits for exist; optional ones may be switched off, but must exist.</summary>
internal static class DependencyCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        foreach ((string name, DependencyDefinition dependency) in service.DependsOn)
        {
            bool isOptional = !dependency.Required && project.DisabledServices.ContainsKey(name);
            if (!isOptional && !project.Services.ContainsKey(name))
            {
                throw References.NoService(project, service, $"depends_on.{name}", name, dependency.Origin);
            }
        }
    }
}
