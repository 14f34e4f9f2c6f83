using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Logs;

/// <summary>A line of a log, with the container that printed it.</summary>
/// <param name="Container">The container.</param>
/// <param name="Line">The line.</param>
public sealed record ServiceLogLine(ObservedContainer Container, LogLine Line);
