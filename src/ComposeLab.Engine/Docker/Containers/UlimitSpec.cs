namespace ComposeLab.Engine.Docker;

/// <summary>A limit of a container's processes.</summary>
/// <param name="Name">The limit's name, such as <c>nofile</c>.</param>
/// <param name="Soft">The value in force.</param>
/// <param name="Hard">The highest value a process may set.</param>
public sealed record UlimitSpec(string Name, long Soft, long Hard);
