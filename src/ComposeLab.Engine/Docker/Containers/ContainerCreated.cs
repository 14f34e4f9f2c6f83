namespace ComposeLab.Engine.Docker;

/// <summary>The engine's answer to a container's creation.</summary>
/// <param name="Id">The new container's id.</param>
/// <param name="Warnings">What the engine could not honour, in its words.</param>
public sealed record ContainerCreated(string Id, IReadOnlyList<string> Warnings);
