using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Finds where the project writes what a diagnosis asks to change.</summary>
internal static class LoginPlaces
{
    /// <summary>Finds a variable of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable; null gives no place.</param>
    /// <returns>The place; null where the service has no such variable.</returns>
    public static LoginPlace? Variable(ServiceDefinition service, string? variable)
    {
        if (variable is null || service.Node["environment"] is not MappingNode environment)
        {
            return null;
        }

        string name = environment[variable] is null ? variable + "_FILE" : variable;
        return environment[name] is ScalarNode scalar ? Place(name, scalar.Text, scalar.Origin) : null;
    }

    /// <summary>Finds the entry that publishes a port.</summary>
    /// <param name="service">The service.</param>
    /// <param name="target">The container's port.</param>
    /// <returns>The place; null where the service publishes no such port.</returns>
    public static LoginPlace? Port(ServiceDefinition service, int target) =>
        service.Ports.FirstOrDefault(port => port.Target == target) is { } entry ? Place("ports", null, entry.Origin) : null;

    private static LoginPlace Place(string name, string? value, Origin origin) =>
        origin.IsInFile ? new LoginPlace(name, value, origin.File, origin.Line, LineOf(origin)) : new LoginPlace(name, value, null, 0, "");

    private static string LineOf(Origin origin)
    {
        try
        {
            return File.ReadLines(origin.File).Skip(origin.Line - 1).FirstOrDefault() ?? "";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
