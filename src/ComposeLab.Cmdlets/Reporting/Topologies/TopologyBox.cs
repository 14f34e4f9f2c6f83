using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting.Topologies;

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
