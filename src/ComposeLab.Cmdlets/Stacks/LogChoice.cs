using ComposeLab.Engine.Planning;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>Which logs of one stack were asked for by one record of the pipeline.</summary>
/// <param name="Selection">The stack.</param>
/// <param name="Services">The services.</param>
/// <param name="Containers">The containers' names; empty is all of the services.</param>
internal sealed record LogChoice(ProjectSelection Selection, NamePatterns Services, IReadOnlyList<string> Containers)
{
    /// <summary>Whether a container was asked for.</summary>
    /// <param name="container">The container.</param>
    /// <returns>True when it was.</returns>
    public bool Includes(ObservedContainer container) =>
        Services.Match(container.Service) && (Containers.Count == 0 || Containers.Contains(container.Name, StringComparer.Ordinal));
}
