namespace ComposeLab.Engine.Planning;

/// <summary>A container that exists, with its final name.</summary>
/// <param name="Container">The container.</param>
/// <param name="Before">The steps after which it has that name and nothing stands in the way of its replacement.</param>
internal sealed record SettledContainer(ObservedContainer Container, IReadOnlyList<string> Before);
