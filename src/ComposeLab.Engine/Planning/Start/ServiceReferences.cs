using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Turns a service's references to other services (<c>network_mode: service:db</c>, <c>volumes_from</c>) into references to containers,
/// which is what the engine knows and what the config hash is taken of.
/// </summary>
internal static class ServiceReferences
{
    private const string Prefix = "service:";

    private static readonly string[] Namespaces = ["network_mode", "ipc", "pid"];

    /// <summary>The services whose namespaces or volumes a service shares.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The attribute that refers, and the name of the service referred to.</returns>
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

    /// <summary>Creates the definition that names containers.</summary>
    /// <param name="service">The service.</param>
    /// <param name="idOf">Gives the id of the first container of a service.</param>
    /// <returns>The definition; the service's own where it refers to nothing.</returns>
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

    /// <summary>The containers a service takes volumes from, as the engine wants them.</summary>
    /// <param name="service">The service as the project defines it.</param>
    /// <param name="idOf">Gives the id of the first container of a service.</param>
    /// <returns><c>ID[:ro|rw]</c> each.</returns>
    public static IEnumerable<string> VolumesFrom(ServiceDefinition service, Func<string, string> idOf) => service.VolumesFrom.Select(entry =>
    {
        string[] parts = entry.Split(':');
        bool isContainer = parts[0] == "container";
        IEnumerable<string> mode = parts.Skip(isContainer ? 2 : 1);
        return string.Join(':', mode.Prepend(isContainer ? parts[1] : idOf(parts[0])));
    });

    // The reference's hash knows the container alone, without the access mode.
    private static Node Container(Node item, Func<string, string> idOf)
    {
        string[] parts = ((ScalarNode)item).Text.Split(':');
        return ScalarNode.String(parts[0] == "container" && parts.Length > 1 ? parts[1] : idOf(parts[0]), item.Origin);
    }
}
