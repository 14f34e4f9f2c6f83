using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Cleans up after a replacement that was interrupted: the new container still has its temporary name.
/// If the old one still exists, the new one is removed; otherwise the new one gets its name.
/// </summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class InterruptedReplacements(StartScope scope)
{
    private const int PrefixLength = 13;

    /// <summary>Plans the cleanup of a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>Its containers by number.</returns>
    public IReadOnlyList<SettledContainer> Settle(ServiceDefinition service)
    {
        List<ObservedContainer> found = [.. scope.Observed.Of(service.Name).Where(container => container.Summary.State != ContainerState.Removing && !scope.Removed.Contains(container.Id))];
        var settled = new Dictionary<string, SettledContainer>(StringComparer.Ordinal);
        foreach (ObservedContainer container in found.Where(container => !IsLeftover(service, container)))
        {
            settled[container.Name] = new SettledContainer(container, []);
        }

        foreach (ObservedContainer leftover in found.Where(container => IsLeftover(service, container)).OrderByDescending(container => container.Summary.Created))
        {
            string name = leftover.Name[PrefixLength..];
            if (settled.TryGetValue(name, out SettledContainer? taken))
            {
                string removed = scope.Teardown.Remove(leftover, "left by an interrupted replacement", []).Last;
                settled[name] = taken with { Before = [.. taken.Before, removed] };
            }
            else
            {
                settled[name] = new SettledContainer(Named(leftover, name), [Rename(leftover, name)]);
            }
        }

        return [.. settled.Values.OrderBy(entry => entry.Container.Number)];
    }

    private static bool IsLeftover(ServiceDefinition service, ObservedContainer container) =>
        container.IsLeftover && container.Name != service.ContainerName;

    private static ObservedContainer Named(ObservedContainer container, string name) => new(container.Summary with { Name = name });

    private string Rename(ObservedContainer leftover, string name) => scope.Draft.Add(
        new RenameContainerOperation(leftover.Id, name)
        {
            Id = "rename " + leftover.Id,
            Resource = ResourceId.Container(name),
            Service = leftover.Service,
            Cause = "its replacement was interrupted",
        },
        []);
}

/// <summary>A container that exists, with its final name.</summary>
/// <param name="Container">The container.</param>
/// <param name="Before">The steps after which it has that name and can be replaced.</param>
internal sealed record SettledContainer(ObservedContainer Container, IReadOnlyList<string> Before);
