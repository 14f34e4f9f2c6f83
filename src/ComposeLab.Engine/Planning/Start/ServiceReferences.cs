using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Converts a service's references to other services (<c>network_mode: service:db</c>, <c>volumes_from</c>) into references to containers,
/// which the engine supports and the config hash includes.
/// </summary>
internal static class ServiceReferences
{
    private const string Prefix = "service:";

    private static readonly string[] Namespaces = ["network_mode", "ipc", "pid"];

    /// <summary>The services whose namespaces or volumes a service shares.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The referring attribute and the name of the referenced service.</returns>
    public static IEnumerable<(string Attribute, string Service)> Of(ServiceDefinition service)
    {
        foreach (string attribute in Namespaces)
        {
            if (service.Node[attribute] is ScalarNode { IsNull: false } scalar && scalar.Text.StartsWith(Prefix, StringComparison.Ordinal))
            {
                yield return (attribute, scalar.Text[Prefix.Length..]);
            }
        }

        foreach (string entry in service.VolumesFrom.Where(entry => !entry.StartsWith("container:", StringComparison.Ordinal)))
        {
            yield return ("volumes_from", entry.Split(':')[0]);
        }
    }

    /// <summary>Creates the definition with container references.</summary>
    /// <param name="service">The service.</param>
    /// <param name="idOf">Returns the ID of the first container of a service.</param>
    /// <returns>The definition; unchanged if the service has no references.</returns>
    public static ServiceDefinition Resolve(ServiceDefinition service, Func<string, string> idOf)
    {
        MappingNode node = service.Node;
        foreach (string attribute in Namespaces)
        {
            if (node[attribute] is ScalarNode { IsNull: false } scalar && scalar.Text.StartsWith(Prefix, StringComparison.Ordinal))
            {
                node = node.With(attribute, ScalarNode.String("container:" + idOf(scalar.Text[Prefix.Length..]), scalar.Origin));
            }
        }

        if (node["volumes_from"] is SequenceNode list)
        {
            node = node.With("volumes_from", new SequenceNode(list.Items.Select(item => Container(item, idOf)), list.Origin));
        }

        return ReferenceEquals(node, service.Node) ? service : new ServiceDefinition(service.Name, node);
    }

    /// <summary>The containers of a service's volumes_from, in the engine's format.</summary>
    /// <param name="service">The service in the project.</param>
    /// <param name="idOf">Returns the ID of the first container of a service.</param>
    /// <returns><c>ID[:ro|rw]</c> each.</returns>
    public static IEnumerable<string> VolumesFrom(ServiceDefinition service, Func<string, string> idOf) => service.VolumesFrom.Select(entry =>
    {
        string[] parts = entry.Split(':');
        bool isContainer = parts[0] == "container";
        IEnumerable<string> mode = parts.Skip(isContainer ? 2 : 1);
        return string.Join(':', mode.Prepend(isContainer ? parts[1] : idOf(parts[0])));
    });

    // The reference's hash includes only the container, without the access mode.
    private static Node Container(Node item, Func<string, string> idOf)
    {
        string[] parts = ((ScalarNode)item).Text.Split(':');
        return ScalarNode.String(parts[0] == "container" && parts.Length > 1 ? parts[1] : idOf(parts[0]), item.Origin);
    }
}
