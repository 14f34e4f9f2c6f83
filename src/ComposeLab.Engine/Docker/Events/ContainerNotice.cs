namespace ComposeLab.Engine.Docker;

/// <summary>Something that happened to a container.</summary>
/// <param name="Time">When.</param>
/// <param name="ContainerId">To which container.</param>
/// <param name="Action">What, in the engine's words: <c>start</c>, <c>die</c>, <c>health_status: healthy</c>.</param>
/// <param name="Attributes">The container's labels and, for <c>die</c>, <c>exitCode</c>.</param>
public sealed record ContainerNotice(
    DateTimeOffset Time, string ContainerId, string Action, IReadOnlyDictionary<string, string> Attributes);
