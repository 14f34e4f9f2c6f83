using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting.Topologies;

/// <summary>The services that depend on each other, in columns: each as close as possible to its dependencies, and ordered so that few lines cross.</summary>
internal sealed class TopologyColumns
{
    private readonly ComposeProject _project;
    private readonly Dictionary<string, int> _depths = new(StringComparer.Ordinal);

    /// <summary>Creates the columns.</summary>
    /// <param name="project">The project; its dependencies have no cycle.</param>
    /// <param name="services">The services to place.</param>
    public TopologyColumns(ComposeProject project, IReadOnlyList<ServiceDefinition> services)
    {
        _project = project;
        int deepest = services.Select(service => Depth(service.Name)).DefaultIfEmpty(-1).Max();
        List<TopologyNode>[] columns = [.. Enumerable.Range(0, deepest + 1).Select(_ => new List<TopologyNode>())];
        var boxes = services.OrderBy(service => service.Name, StringComparer.Ordinal)
            .ToDictionary(service => service.Name, service => Add(new TopologyNode(service, deepest - Depth(service.Name))), StringComparer.Ordinal);
        Ways = [.. services.SelectMany(service => service.DependsOn.Values
            .Where(dependency => boxes.ContainsKey(dependency.Service))
            .Select(dependency => Way(boxes[service.Name], boxes[dependency.Service], dependency.Condition)))];
        TopologyOrder.Apply(columns);
        Nodes = columns;

        TopologyNode Add(TopologyNode node)
        {
            columns[node.Column].Add(node);
            return node;
        }

        TopologyWay Way(TopologyNode from, TopologyNode to, DependencyCondition condition)
        {
            List<TopologyNode> nodes = [from];
            for (int column = from.Column + 1; column < to.Column; column++)
            {
                nodes.Add(Add(new TopologyNode(null, column)));
            }

            nodes.Add(to);
            for (int place = 1; place < nodes.Count; place++)
            {
                TopologyNode.Join(nodes[place - 1], nodes[place]);
            }

            return new TopologyWay(nodes, condition);
        }
    }

    /// <summary>The columns from left to right, each from top to bottom.</summary>
    public IReadOnlyList<List<TopologyNode>> Nodes { get; }

    /// <summary>The dependencies.</summary>
    public IReadOnlyList<TopologyWay> Ways { get; }

    // The longest path to a service without dependencies.
    private int Depth(string service)
    {
        if (!_depths.TryGetValue(service, out int depth))
        {
            depth = _project.Services.TryGetValue(service, out ServiceDefinition? definition)
                ? definition.DependsOn.Keys.Where(_project.Services.ContainsKey).Select(dependency => Depth(dependency) + 1).DefaultIfEmpty(0).Max()
                : 0;
            _depths[service] = depth;
        }

        return depth;
    }
}
