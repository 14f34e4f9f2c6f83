namespace ComposeLab.Engine.Planning;

/// <summary>A container that a service will have.</summary>
/// <param name="Name">Its final name.</param>
/// <param name="Id">Its id; null for one that the plan makes.</param>
/// <param name="MadeBy">The step that makes it; null for one that exists.</param>
internal sealed record PlannedContainer(string Name, string? Id, string? MadeBy = null);
