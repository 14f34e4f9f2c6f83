namespace ComposeLab.Reporting.Topologies;

/// <summary>A place in the drawing.</summary>
/// <param name="X">From the left, in pixels.</param>
/// <param name="Y">From the top, in pixels.</param>
internal sealed record TopologyPoint(double X, double Y);
