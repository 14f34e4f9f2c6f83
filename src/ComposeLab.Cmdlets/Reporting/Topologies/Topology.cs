using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting.Topologies;

/// <summary>The positions of a project's services in a drawing: a service is to the left of its dependencies, and services without any are below.</summary>
internal sealed class Topology
{
    private const int Across = 96;
    private const int Down = 28;
    private const int Margin = 14;
    private const int FewestColumns = 4;

    private Topology(IReadOnlyList<TopologyBox> boxes, IReadOnlyList<TopologyLine> lines)
    {
        Boxes = boxes;
        Lines = lines;
    }

    /// <summary>The services.</summary>
    public IReadOnlyList<TopologyBox> Boxes { get; }

    /// <summary>The dependencies.</summary>
    public IReadOnlyList<TopologyLine> Lines { get; }

    /// <summary>The total width, in pixels.</summary>
    public double TotalWidth => Boxes.Select(box => box.X + TopologyBox.Width).DefaultIfEmpty(0).Max() + Margin;

    /// <summary>The total height, in pixels.</summary>
    public double TotalHeight => Boxes.Select(box => box.Y + TopologyBox.Height)
        .Concat(Lines.SelectMany(line => line.Points).Select(point => point.Y)).DefaultIfEmpty(0).Max() + Margin;

    /// <summary>Places the services.</summary>
    /// <param name="project">The project; its dependencies have no cycle.</param>
    public static Topology Of(ComposeProject project)
    {
        var joined = project.Services.Values
            .SelectMany(service => Known(project, service).Select(dependency => dependency.Service).Append(service.Name).Where(_ => Known(project, service).Any()))
            .ToHashSet(StringComparer.Ordinal);
        var columns = new TopologyColumns(project, [.. project.Services.Values.Where(service => joined.Contains(service.Name))]);
        TopologySpacing.Apply(columns.Nodes, Margin);

        var boxes = columns.Nodes.SelectMany(column => column).Where(node => node.Service is not null)
            .Select(node => new TopologyBox(node.Service!, Left(node.Column), node.Middle - (TopologyBox.Height / 2.0))).ToList();
        double below = boxes.Select(box => box.Y + TopologyBox.Height + Down).DefaultIfEmpty(Margin).Max();
        int across = Math.Max(FewestColumns, columns.Nodes.Count);
        boxes.AddRange(project.Services.Values.Where(service => !joined.Contains(service.Name)).OrderBy(service => service.Name, StringComparer.Ordinal)
            .Select((service, index) => new TopologyBox(service, Margin + (index % across * (TopologyBox.Width + Down)), below + (index / across * (TopologyBox.Height + Down)))));
        return new Topology(boxes, [.. columns.Ways.Select(Line)]);
    }

    private static IEnumerable<DependencyDefinition> Known(ComposeProject project, ServiceDefinition service) =>
        service.DependsOn.Values.Where(dependency => project.Services.ContainsKey(dependency.Service));

    private static int Left(int column) => Margin + (column * (TopologyBox.Width + Across));

    private static TopologyLine Line(TopologyWay way)
    {
        (TopologyNode from, TopologyNode to) = (way.Nodes[0], way.Nodes[^1]);
        return new TopologyLine(from.Service!.Name, to.Service!.Name, way.Condition,
        [
            new TopologyPoint(Left(from.Column) + TopologyBox.Width, Side(from, from.Right, way.Nodes[1])),
            .. way.Nodes.Skip(1).SkipLast(1).SelectMany(Passage),
            new TopologyPoint(Left(to.Column), Side(to, to.Left, way.Nodes[^2])),
        ]);
    }

    private static TopologyPoint[] Passage(TopologyNode node) =>
        [new(Left(node.Column), node.Middle), new(Left(node.Column) + TopologyBox.Width, node.Middle)];

    // Lines are spread evenly along the side of a box, in the order of their other ends.
    private static double Side(TopologyNode node, List<TopologyNode> neighbors, TopologyNode neighbor)
    {
        int place = neighbors.Count(other => other.Middle < neighbor.Middle);
        return node.Middle - (TopologyBox.Height / 2.0) + (TopologyBox.Height * (place + 1.0) / (neighbors.Count + 1));
    }
}

/// <summary>An item in a column of the drawing: a service, or a line that passes through the column.</summary>
/// <param name="service">The service; null for a passing line.</param>
/// <param name="column">Its column, from 0.</param>
internal sealed class TopologyNode(ServiceDefinition? service, int column)
{
    private const int PassageHeight = 12;

    /// <summary>The service; null for a passing line.</summary>
    public ServiceDefinition? Service { get; } = service;

    /// <summary>Its column, from 0.</summary>
    public int Column { get; } = column;

    /// <summary>The connected nodes in the column to the left.</summary>
    public List<TopologyNode> Left { get; } = [];

    /// <summary>The connected nodes in the column to the right.</summary>
    public List<TopologyNode> Right { get; } = [];

    /// <summary>Its height, in pixels.</summary>
    public int Height => Service is null ? PassageHeight : TopologyBox.Height;

    /// <summary>The middle, in pixels from the top.</summary>
    public double Middle { get; set; }

    /// <summary>Connects two nodes of adjacent columns.</summary>
    /// <param name="left">The left one.</param>
    /// <param name="right">The right one.</param>
    public static void Join(TopologyNode left, TopologyNode right)
    {
        left.Right.Add(right);
        right.Left.Add(left);
    }
}

/// <summary>A service in the drawing.</summary>
/// <param name="Service">The service.</param>
/// <param name="X">The left edge, in pixels.</param>
/// <param name="Y">The upper edge, in pixels.</param>
internal sealed record TopologyBox(ServiceDefinition Service, double X, double Y)
{
    /// <summary>The width of every box, in pixels.</summary>
    public const int Width = 216;

    /// <summary>The height of every box, in pixels.</summary>
    public const int Height = 92;
}

/// <summary>A dependency in the drawing.</summary>
/// <param name="From">The dependent service.</param>
/// <param name="To">The service it depends on.</param>
/// <param name="Condition">The condition it waits for.</param>
/// <param name="Points">The line, from edge to edge: curves lead from each odd point to the next, straight lines from each even one.</param>
internal sealed record TopologyLine(string From, string To, DependencyCondition Condition, IReadOnlyList<TopologyPoint> Points);

/// <summary>A place in the drawing.</summary>
/// <param name="X">From the left, in pixels.</param>
/// <param name="Y">From the top, in pixels.</param>
internal sealed record TopologyPoint(double X, double Y);

/// <summary>A dependency as a list of nodes, one in each column.</summary>
/// <param name="Nodes">The dependent, the passing nodes, the dependency.</param>
/// <param name="Condition">The condition to wait for.</param>
internal sealed record TopologyWay(IReadOnlyList<TopologyNode> Nodes, DependencyCondition Condition);
