using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting.Topologies;

/// <summary>A dependency as the nodes that it leads through, one in each column.</summary>
/// <param name="Nodes">The dependent, the passages, the dependency.</param>
/// <param name="Condition">What is waited for.</param>
internal sealed record TopologyWay(IReadOnlyList<TopologyNode> Nodes, DependencyCondition Condition);
