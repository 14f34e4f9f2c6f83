using ComposeLab.Compose.Model;

namespace ComposeLab.Reporting;

/// <summary>A service in the drawing.</summary>
/// <param name="Service">The service.</param>
/// <param name="X">The left edge, in pixels.</param>
/// <param name="Y">The upper edge, in pixels.</param>
/// <param name="Width">The width, in pixels.</param>
/// <param name="Height">The height, in pixels.</param>
internal sealed record TopologyBox(ServiceDefinition Service, int X, int Y, int Width, int Height);
