using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>A service needs something to run.</summary>
internal static class SourceCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        if (service.Build is null && string.IsNullOrEmpty(service.Image) && service.Provider is null)
        {
            throw Fault.In(
                service, "", "must have an image or a build, found neither", $"Add 'image: NAME' or 'build: .' to the service {service.Name}.");
        }
    }
}
