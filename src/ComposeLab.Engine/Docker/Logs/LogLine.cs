namespace ComposeLab.Engine.Docker;

/// <summary>A line that a container printed.</summary>
/// <param name="Time">When the engine received it.</param>
/// <param name="IsError">Whether it came on standard error.</param>
/// <param name="Text">The line without its end.</param>
public sealed record LogLine(DateTimeOffset Time, bool IsError, string Text);
