using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans the removal of services and of whole stacks.</summary>
internal static class RemovalPlanning
{
    /// <summary>Removes a service.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="service">The service.</param>
    /// <param name="cause">Why.</param>
    /// <returns>The step.</returns>
    public static RemoveServiceOperation Remove(string stack, SwarmService service, string cause) => new(service.Id)
    {
        Id = $"remove service {service.Spec.Name}",
        Resource = ResourceId.Service(service.Spec.Name),
        Service = Key(stack, service),
        Cause = cause,
    };

    /// <summary>The key of a service in its project.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="service">The service.</param>
    /// <returns>The name without the stack.</returns>
    public static string Key(string stack, SwarmService service) =>
        service.Spec.Name.StartsWith(stack + "_", StringComparison.Ordinal) ? service.Spec.Name[(stack.Length + 1)..] : service.Spec.Name;

    /// <summary>Plans the removal of a stack. Volumes are kept.</summary>
    /// <param name="stack">Its name.</param>
    /// <param name="observed">The swarm.</param>
    /// <param name="limit">How long tasks may take to end; null for the default.</param>
    /// <returns>The plan; empty if nothing is left.</returns>
    public static StackPlan Plan(string stack, ObservedSwarm observed, TimeSpan? limit)
    {
        var draft = new PlanDraft(stack);
        TimeSpan most = limit ?? DeployOptions.StandardLimit;
        string[] services = [.. observed.Services.OrderBy(service => service.Spec.Name, StringComparer.Ordinal).Select(service => draft.Add(Remove(stack, service, "requested"), []))];
        foreach (SwarmFile file in observed.Secrets.Where(IsOwn).OrderBy(file => file.Spec.Name, StringComparer.Ordinal))
        {
            draft.Add(Remove(ResourceId.Secret(file.Spec.Name), file), services);
        }

        foreach (SwarmFile file in observed.Configs.Where(IsOwn).OrderBy(file => file.Spec.Name, StringComparer.Ordinal))
        {
            draft.Add(Remove(ResourceId.Config(file.Spec.Name), file), services);
        }

        string[] ended = services.Length == 0
            ? []
            : [draft.Add(
                new WaitTasksGoneOperation([.. observed.Services.Select(service => service.Id)], most) { Id = "wait for tasks", Resource = ResourceId.Stack(stack), Cause = "networks are in use until all tasks have ended" },
                services)];
        foreach (NetworkSummary network in observed.Networks.Where(network => network.Scope == "swarm" && network.Labels.GetValueOrDefault(SwarmLabels.Namespace) == stack).OrderBy(network => network.Name, StringComparer.Ordinal))
        {
            draft.Add(new RemoveOverlayOperation(network.Id, most) { Id = $"remove network {network.Name}", Resource = ResourceId.Network(network.Name), Cause = "requested" }, ended);
        }

        return draft.Finish();

        bool IsOwn(SwarmFile file) => file.Label(SwarmLabels.Namespace) == stack;
    }

    private static RemoveSwarmFileOperation Remove(ResourceId resource, SwarmFile file) => new(file.Id) { Id = $"remove {resource}", Resource = resource, Cause = "requested" };
}
