namespace ComposeLab.Engine.Docker;

/// <summary>Where a container's output goes.</summary>
/// <param name="Driver">The logging driver, such as <c>json-file</c>; empty is the engine's default.</param>
/// <param name="Options">The driver's options.</param>
public sealed record LogSpec(string Driver, IReadOnlyDictionary<string, string> Options);
