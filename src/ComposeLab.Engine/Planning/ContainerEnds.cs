namespace ComposeLab.Engine.Planning;

/// <summary>Adds the steps that end containers.</summary>
internal static class ContainerEnds
{
    /// <summary>Adds the steps that stop and remove a container.</summary>
    /// <param name="operations">The plan so far; added to.</param>
    /// <param name="container">The container.</param>
    /// <param name="cause">Why.</param>
    /// <param name="before">The steps before.</param>
    /// <param name="limit">How long it may take to stop.</param>
    /// <param name="anonymousVolumes">Whether its unnamed volumes go too.</param>
    /// <param name="detail">Whether another step carries the cause.</param>
    /// <returns>The id of the last step.</returns>
    public static string Remove(
        List<Operation> operations, ObservedContainer container, string cause, IReadOnlyList<string> before, TimeSpan? limit, bool anonymousVolumes, bool detail)
    {
        string last = "";
        if (container.IsRunning)
        {
            last = Stop(operations, container, cause, before, limit, detail: true);
        }

        var remove = new RemoveContainerOperation(container.Id, anonymousVolumes)
        {
            Id = "remove " + container.Id,
            Resource = "container " + container.Name,
            Service = container.Service,
            Cause = cause,
            IsDetail = detail,
            DependsOn = last.Length > 0 ? [last] : before,
        };
        operations.Add(remove);
        return remove.Id;
    }

    /// <summary>Adds the step that stops a container.</summary>
    /// <param name="operations">The plan so far; added to.</param>
    /// <param name="container">The container.</param>
    /// <param name="cause">Why.</param>
    /// <param name="before">The steps before.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="detail">Whether another step carries the cause.</param>
    /// <returns>The step's id.</returns>
    public static string Stop(
        List<Operation> operations, ObservedContainer container, string cause, IReadOnlyList<string> before, TimeSpan? limit, bool detail)
    {
        var stop = new StopContainerOperation(container.Id, limit)
        {
            Id = "stop " + container.Id,
            Resource = "container " + container.Name,
            Service = container.Service,
            Cause = cause,
            IsDetail = detail,
            DependsOn = before,
        };
        operations.Add(stop);
        return stop.Id;
    }
}
