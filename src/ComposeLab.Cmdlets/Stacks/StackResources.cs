using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;
using ComposeLab.Pipeline;

namespace ComposeLab.Stacks;

/// <summary>Creates objects for the volumes and networks of a stack.</summary>
internal static class StackResources
{
    private const int AnonymousLength = 64;

    /// <summary>Creates the objects for volumes: those of the project, and others that its containers mount.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="volumes">All volumes of the engine.</param>
    /// <param name="containers">All containers of the engine.</param>
    /// <returns>The volumes by name.</returns>
    public static IReadOnlyList<LabVolume> Volumes(string project, IReadOnlyList<VolumeSummary> volumes, IReadOnlyList<ContainerSummary> containers)
    {
        ILookup<string, ContainerSummary> users = Users(containers, container => container.Mounts.Select(mount => mount.Name));
        return
        [
            .. volumes.Where(volume => IsOf(project, volume.Labels, users[volume.Name])).OrderBy(volume => volume.Name, StringComparer.Ordinal)
                .Select(volume => Volume(project, volume, users[volume.Name])),
        ];
    }

    /// <summary>Creates the object for a volume.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="users">The containers that use it.</param>
    /// <returns>The object.</returns>
    public static LabVolume Volume(string project, VolumeSummary volume, IEnumerable<ContainerSummary> users) => new()
    {
        ProjectName = project,
        Name = volume.Name,
        Key = volume.Labels.GetValueOrDefault(StackLabels.Volume, ""),
        Driver = volume.Driver,
        IsExternal = volume.Labels.GetValueOrDefault(StackLabels.Project) != project && !IsAnonymous(volume.Name),
        IsAnonymous = IsAnonymous(volume.Name),
        UsedBy = [.. users.Select(container => container.Name).Order(StringComparer.Ordinal)],
    };

    /// <summary>Creates the objects for networks: those of the project, and others that its containers are in.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="networks">All networks of the engine.</param>
    /// <param name="containers">All containers of the engine.</param>
    /// <returns>The networks by name.</returns>
    public static IReadOnlyList<LabNetwork> Networks(string project, IReadOnlyList<NetworkSummary> networks, IReadOnlyList<ContainerSummary> containers)
    {
        ILookup<string, ContainerSummary> users = Users(containers, container => container.Networks.Keys);
        return
        [
            .. networks.Where(network => IsOf(project, network.Labels, users[network.Name])).OrderBy(network => network.Name, StringComparer.Ordinal).Select(network => new LabNetwork
            {
                ProjectName = project,
                Name = network.Name,
                Key = network.Labels.GetValueOrDefault(StackLabels.Network, ""),
                NetworkId = network.Id,
                Driver = network.Driver,
                IsExternal = network.Labels.GetValueOrDefault(StackLabels.Project) != project,
                UsedBy = [.. users[network.Name].Select(container => container.Name).Order(StringComparer.Ordinal)],
            }),
        ];
    }

    /// <summary>Writes the resources that a user named, and an error for each name that does not exist.</summary>
    /// <param name="found">The resources of the stack.</param>
    /// <param name="namesOf">The names of one: on the engine, and in the Compose files.</param>
    /// <param name="wanted">What the user typed.</param>
    /// <param name="missing">Creates the error for a name.</param>
    /// <param name="output">Receives the objects and errors.</param>
    /// <returns>Completes when all are written.</returns>
    public static async Task WriteAsync<T>(
        IReadOnlyList<T> found, Func<T, string[]> namesOf, string[] wanted, Func<string, LabException> missing, IPipelineOutput output)
        where T : class
    {
        var names = new NamePatterns(wanted);
        foreach (T resource in found.Where(resource => namesOf(resource).Any(names.Match)))
        {
            await output.WriteAsync(resource).ConfigureAwait(false);
        }

        foreach (string name in names.Unmatched(found.SelectMany(namesOf)))
        {
            await output.WriteErrorAsync(ErrorRecords.From(missing(name))).ConfigureAwait(false);
        }
    }

    private static ILookup<string, ContainerSummary> Users(IReadOnlyList<ContainerSummary> containers, Func<ContainerSummary, IEnumerable<string>> names) => containers
        .SelectMany(container => names(container).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Select(name => (name, container)))
        .ToLookup(entry => entry.name, entry => entry.container, StringComparer.Ordinal);

    private static bool IsOf(string project, IReadOnlyDictionary<string, string> labels, IEnumerable<ContainerSummary> users) =>
        labels.GetValueOrDefault(StackLabels.Project) == project || users.Any(container => container.Labels.GetValueOrDefault(StackLabels.Project) == project);

    private static bool IsAnonymous(string name) => name.Length == AnonymousLength && name.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
}
