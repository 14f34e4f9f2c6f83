namespace ComposeLab.Engine.Planning;

/// <summary>The steps that end a container.</summary>
/// <param name="Stopped">The step after which it does not run; null where it did not run anyway.</param>
/// <param name="Last">The last step.</param>
internal sealed record ContainerEnd(string? Stopped, string Last);
