using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Preflight;

/// <summary>Finds containers of a plan whose names are used by containers outside the project.</summary>
internal static class NameCheck
{
    /// <summary>Checks the names.</summary>
    /// <param name="project">The project.</param>
    /// <param name="plan">The plan; the planner handles the containers of its own project.</param>
    /// <param name="containers">Every container of the engine.</param>
    /// <returns>One finding for each used name.</returns>
    public static IReadOnlyList<PreflightFinding> Find(ComposeProject project, StackPlan plan, IReadOnlyList<ContainerSummary> containers)
    {
        Dictionary<string, ContainerSummary> foreign = containers
            .Where(container => ProjectOf(container) != plan.ProjectName)
            .DistinctBy(container => container.Name, StringComparer.Ordinal)
            .ToDictionary(container => container.Name, StringComparer.Ordinal);
        return
        [
            .. plan.Foreseen.OfType<CreateContainerOperation>()
                .Where(create => foreign.ContainsKey(create.Resource.Name))
                .Select(create => Finding(create, foreign[create.Resource.Name], project.Services.GetValueOrDefault(create.Service ?? ""))),
        ];
    }

    private static PreflightFinding Finding(CreateContainerOperation create, ContainerSummary holder, ServiceDefinition? service)
    {
        bool isGiven = service?.ContainerName is { Length: > 0 };
        Origin? origin = isGiven ? service!.Node["container_name"]?.Origin : service?.Origin;
        string owner = ProjectOf(holder);
        string whose = owner.Length > 0 ? $"project '{owner}'" : "no project";
        string another = isGiven ? "set another container_name" : "use another project name";
        return new PreflightFinding
        {
            Id = EngineErrorId.ContainerNameInUse,
            Message = $"Container name '{holder.Name}' (service '{create.Service}') is already used by a container of {whose}.",
            Recommendation = owner.Length > 0 ? $"Remove the other stack, or {another}" : $"Remove container {holder.Name}, or {another}",
            Remedies = [.. owner.Length > 0 ? [Remedy.RemoveStack(owner)] : Array.Empty<Remedy>(), .. isGiven ? Array.Empty<Remedy>() : [Remedy.RenameProject()]],
            Service = create.Service,
            File = origin is { IsInFile: true } ? origin.File : null,
            Line = origin?.Line ?? 0,
            Column = origin?.Column ?? 0,
        };
    }

    private static string ProjectOf(ContainerSummary container) => container.Labels.GetValueOrDefault(StackLabels.Project, "");
}
