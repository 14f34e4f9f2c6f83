using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// The containers that a new container refers to (<c>network_mode: service:db</c>, <c>volumes_from</c>). The ids of those that the plan itself creates are slots:
/// the executor fills them after the operations that create the containers.
/// </summary>
/// <param name="Project">The project.</param>
/// <param name="Service">The service in the project.</param>
/// <param name="KnownIds">The ids of containers that exist, by service.</param>
/// <param name="Slots">The containers that the plan creates, by service.</param>
public sealed record ContainerSlots(
    ComposeProject Project, ServiceDefinition Service, IReadOnlyDictionary<string, string> KnownIds, IReadOnlyDictionary<string, ResourceId> Slots)
{
    /// <summary>Fills the slots: all parts of a spec that depend on the IDs, including the config hash.</summary>
    /// <param name="spec">The provisional spec.</param>
    /// <param name="created">The ids of the containers that earlier operations created.</param>
    /// <returns>The spec to create the container from.</returns>
    public ContainerSpec Fill(ContainerSpec spec, IReadOnlyDictionary<ResourceId, string> created)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(created);
        ServiceDefinition resolved = ServiceReferences.Resolve(Service, IdOf);
        return spec with
        {
            NetworkMode = resolved.NetworkMode ?? spec.NetworkMode,
            VolumesFrom = [.. ServiceReferences.VolumesFrom(Service, IdOf)],
            Security = spec.Security with { IpcMode = resolved.Ipc, PidMode = resolved.Pid },
            Labels = new Dictionary<string, string>(spec.Labels, StringComparer.Ordinal)
            {
                [StackLabels.ConfigHash] = ConfigHash.ForService(resolved),
                [StackLabels.Config] = ServiceSnapshot.Write(resolved, Project.Mask),
            },
        };

        string IdOf(string service) =>
            Slots.TryGetValue(service, out ResourceId container) ? created[container] : KnownIds.GetValueOrDefault(service, service);
    }
}
