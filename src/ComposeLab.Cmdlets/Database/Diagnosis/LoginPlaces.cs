using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Files;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Finds where the project writes what a diagnosis asks to change.</summary>
/// <param name="project">The project.</param>
internal sealed class LoginPlaces(ComposeProject project)
{
    /// <summary>Finds a variable of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable; null gives no place.</param>
    /// <returns>The place; null where the service has no such variable.</returns>
    public LoginPlace? Variable(ServiceDefinition service, string? variable)
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
    public LoginPlace? Port(ServiceDefinition service, int target) =>
        service.Ports.FirstOrDefault(port => port.Target == target) is { } entry ? Place("ports", null, entry.Origin) : null;

    private LoginPlace Place(string name, string? value, Origin origin)
    {
        if (!origin.IsInFile)
        {
            return new LoginPlace(name, value, null, 0, "");
        }

        // A file is noted as it was given; whoever types the recommendation may stand elsewhere.
        string file = Path.IsPathRooted(origin.File)
            ? origin.File
            : project.ComposeFiles.FirstOrDefault(given => given.EndsWith(Path.DirectorySeparatorChar + origin.File, StringComparison.Ordinal))
                ?? Path.GetFullPath(origin.File, project.WorkingDirectory);
        return new LoginPlace(name, value, file, origin.Line, TextFile.Line(file, origin.Line));
    }
}
