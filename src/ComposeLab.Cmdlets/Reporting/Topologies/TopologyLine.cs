using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting.Topologies;

/// <summary>A dependency in the drawing.</summary>
/// <param name="From">The service that depends.</param>
/// <param name="To">What it depends on.</param>
/// <param name="Condition">What it waits for.</param>
/// <param name="Points">The way, from edge to edge: curves lead from each odd point to the next, straight lines from each even one.</param>
internal sealed record TopologyLine(string From, string To, DependencyCondition Condition, IReadOnlyList<TopologyPoint> Points);
