using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting;

/// <summary>A dependency in the drawing.</summary>
/// <param name="From">The service that depends.</param>
/// <param name="To">What it depends on.</param>
/// <param name="Condition">What it waits for.</param>
internal sealed record TopologyLine(TopologyBox From, TopologyBox To, DependencyCondition Condition);
