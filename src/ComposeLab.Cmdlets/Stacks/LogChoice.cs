using ComposeLab.Engine.Planning;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>The logs of one stack that one pipeline record requests.</summary>
/// <param name="Selection">The stack.</param>
/// <param name="Services">The services.</param>
/// <param name="Containers">The container names; empty for all containers of the services.</param>
internal sealed record LogChoice(ProjectSelection Selection, NamePatterns Services, IReadOnlyList<string> Containers)
{
    /// <summary>Whether a container was requested.</summary>
    /// <param name="container">The container.</param>
    /// <returns>True if it was.</returns>
    public bool Includes(ObservedContainer container) =>
        Services.Match(container.Service) && (Containers.Count == 0 || Containers.Contains(container.Name, StringComparer.Ordinal));
}
