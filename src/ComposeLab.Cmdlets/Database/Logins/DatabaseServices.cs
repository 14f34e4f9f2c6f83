using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Database.Logins;

/// <summary>Finds the database of a project.</summary>
internal static class DatabaseServices
{
    /// <summary>Finds the databases of a project.</summary>
    /// <param name="project">The project.</param>
    /// <returns>Its PostgreSQL services and their clients.</returns>
    public static ProjectDatabases Of(ComposeProject project) => ProjectDatabases.Of(project, TextFile.FindExact);

    /// <summary>Finds the database's service.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">The name the user specified; null to find it.</param>
    /// <returns>The service.</returns>
    /// <exception cref="LabException">ServiceNotFound: there is none, or more than one.</exception>
    public static ServiceDefinition Database(ComposeProject project, string? name)
    {
        if (name is not null)
        {
            return Named(project, name);
        }

        ProjectDatabases databases = Of(project);
        return databases.Servers switch
        {
            [var only] => only,
            [] => throw Unknown(project, "a service that runs PostgreSQL"),
            var several => Used(project, databases)
                ?? throw Unknown(project, $"one service that runs PostgreSQL, found {string.Join(", ", several.Select(service => service.Name))}"),
        };
    }

    /// <summary>Finds a service by its name.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">The name.</param>
    /// <returns>The service.</returns>
    /// <exception cref="LabException">ServiceNotFound.</exception>
    public static ServiceDefinition Named(ComposeProject project, string name) => project.Services.TryGetValue(name, out ServiceDefinition? service)
        ? service
        : throw Unknown(project, $"a service '{name}'");

    /// <summary>The error for a project without a matching database.</summary>
    /// <param name="project">The project.</param>
    /// <param name="expectation">What was expected and what was found.</param>
    /// <returns>ServiceNotFound.</returns>
    public static LabException Unknown(ComposeProject project, string expectation)
    {
        string names = string.Join(", ", project.Services.Keys);
        return new LabException(
            LabErrorId.ServiceNotFound, $"Expected {expectation}. Services of {project.Name}: {names}.", "Specify the database service with -Service", names);
    }

    private static ServiceDefinition? Used(ComposeProject project, ProjectDatabases databases)
    {
        ServiceDefinition[] used = [.. project.Services.Values
            .SelectMany(client => databases.ClientsOf(client).Logins.Select(login => databases.Named(client, login.Server.Host)))
            .OfType<ServiceDefinition>().Where(databases.Servers.Contains).Distinct()];
        return used.Length == 1 ? used[0] : null;
    }
}
