using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting.Topologies;

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

    /// <summary>Joins two nodes of neighbouring columns.</summary>
    /// <param name="left">The left one.</param>
    /// <param name="right">The right one.</param>
    public static void Join(TopologyNode left, TopologyNode right)
    {
        left.Right.Add(right);
        right.Left.Add(left);
    }
}
