using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting.Topologies;

/// <summary>Where the services of a project stand in a drawing: whoever depends stands left of what it depends on, those that stand alone stand below.</summary>
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

    /// <summary>The width of the whole, in pixels.</summary>
    public double TotalWidth => Boxes.Select(box => box.X + TopologyBox.Width).DefaultIfEmpty(0).Max() + Margin;

    /// <summary>The height of the whole, in pixels.</summary>
    public double TotalHeight => Boxes.Select(box => box.Y + TopologyBox.Height)
        .Concat(Lines.SelectMany(line => line.Points).Select(point => point.Y)).DefaultIfEmpty(0).Max() + Margin;

    /// <summary>SourceLocations the services.</summary>
    /// <param name="project">The project; its dependencies have no circle.</param>
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

    // Lines share the side of a box evenly, in the order of where they come from or go to.
    private static double Side(TopologyNode node, List<TopologyNode> neighbors, TopologyNode neighbor)
    {
        int place = neighbors.Count(other => other.Middle < neighbor.Middle);
        return node.Middle - (TopologyBox.Height / 2.0) + (TopologyBox.Height * (place + 1.0) / (neighbors.Count + 1));
    }
}

/// <summary>What takes room in a column of the drawing: a service, or the passage of a line that goes on behind the column.</summary>
/// <param name="service">The service; null for a passage.</param>
/// <param name="column">Its column, from 0.</param>
internal sealed class TopologyNode(ServiceDefinition? service, int column)
{
    private const int PassageHeight = 12;

    /// <summary>The service; null for a passage.</summary>
    public ServiceDefinition? Service { get; } = service;

    /// <summary>Its column, from 0.</summary>
    public int Column { get; } = column;

    /// <summary>What it is joined with in the column to the left.</summary>
    public List<TopologyNode> Left { get; } = [];

    /// <summary>What it is joined with in the column to the right.</summary>
    public List<TopologyNode> Right { get; } = [];

    /// <summary>The room it takes, in pixels.</summary>
    public int Height => Service is null ? PassageHeight : TopologyBox.Height;

    /// <summary>Where its middle is, in pixels from the top.</summary>
    public double Middle { get; set; }

    /// <summary>Joins two nodes of neighboring columns.</summary>
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
/// <param name="From">The service that depends.</param>
/// <param name="To">What it depends on.</param>
/// <param name="Condition">What it waits for.</param>
/// <param name="Points">The way, from edge to edge: curves lead from each odd point to the next, straight lines from each even one.</param>
internal sealed record TopologyLine(string From, string To, DependencyCondition Condition, IReadOnlyList<TopologyPoint> Points);

/// <summary>A place in the drawing.</summary>
/// <param name="X">From the left, in pixels.</param>
/// <param name="Y">From the top, in pixels.</param>
internal sealed record TopologyPoint(double X, double Y);

/// <summary>A dependency as the nodes that it leads through, one in each column.</summary>
/// <param name="Nodes">The dependent, the passages, the dependency.</param>
/// <param name="Condition">What is waited for.</param>
internal sealed record TopologyWay(IReadOnlyList<TopologyNode> Nodes, DependencyCondition Condition);
