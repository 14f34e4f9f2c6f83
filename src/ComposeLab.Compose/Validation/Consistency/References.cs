using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>Finds the parts that services refer to, and words the errors when they are not there.</summary>
internal static class References
{
    /// <summary>Fails when a part of the project is missing.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service that refers to it.</param>
    /// <param name="attribute">The attribute that does.</param>
    /// <param name="kind">What is referred to: <c>network</c>, <c>volume</c>, ...</param>
    /// <param name="name">Its key.</param>
    /// <param name="origin">Where the reference stands.</param>
    public static void Require(
        CheckedProject project, ServiceDefinition service, string attribute, string kind, string name, Origin origin)
    {
        if (project.Defines(kind, name))
        {
            return;
        }

        string? nearest = NearestWord.Of(name, project.Keys(kind));
        throw Fault.In(
            service,
            attribute,
            $"refers to the undefined {kind} '{name}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?"),
            nearest is null ? $"Add '{name}:' below the top-level '{kind}s:', or correct the name." : $"Write '{nearest}', or add '{name}:' below the top-level '{kind}s:'.",
            origin);
    }

    /// <summary>The error about a service that is not there, or not switched on.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service that refers to it.</param>
    /// <param name="attribute">The attribute that does.</param>
    /// <param name="name">The name.</param>
    /// <param name="origin">Where the reference stands; null: where the attribute stands.</param>
    /// <returns>The error, to be thrown.</returns>
    public static ComposeException NoService(
        CheckedProject project, ServiceDefinition service, string attribute, string name, Origin? origin = null)
    {
        if (project.DisabledServices.TryGetValue(name, out ServiceDefinition? disabled))
        {
            return Fault.In(
                service,
                attribute,
                $"needs the service '{name}', which no active Compose profile switches on",
                $"Switch on one of its Compose profiles: {string.Join(", ", disabled.Profiles)}.",
                origin,
                ComposeErrorId.ServiceNotFound);
        }

        string? nearest = NearestWord.Of(name, project.Services.Keys);
        return Fault.In(
            service,
            attribute,
            $"names the service '{name}', which the project does not have" + (nearest is null ? "" : $"; did you mean '{nearest}'?"),
            $"Name one of: {string.Join(", ", project.Services.Keys)}.",
            origin,
            ComposeErrorId.ServiceNotFound);
    }
}
