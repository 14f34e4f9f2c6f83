using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates the wait until a container is ready, after which it is reported.</summary>
internal static class ReadyWait
{
    /// <summary>The default time limit for a container.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(5);

    /// <summary>Creates the wait.</summary>
    /// <param name="container">The container's name.</param>
    /// <param name="service">Its service.</param>
    /// <param name="cause">Why.</param>
    /// <param name="detail">Whether another step has the cause.</param>
    /// <param name="limit">How long it may take; null for the default.</param>
    /// <param name="probe">Whether its own healthcheck may be run earlier than by the engine.</param>
    /// <param name="required">Whether it is an error if it does not become ready.</param>
    /// <returns>The step.</returns>
    public static WaitOperation Make(string container, string service, string cause, bool detail, TimeSpan? limit, bool probe, bool required = true) =>
        new(container, WaitCondition.Ready, required, limit ?? DefaultLimit, probe)
        {
            Id = $"wait {container} ready",
            Resource = ResourceId.Container(container),
            Service = service,
            Cause = cause,
            IsDetail = detail,
        };
}

/// <summary>Adds the wait until a container has the state that others need before they start; they share one wait.</summary>
internal static class DependencyWait
{
    /// <summary>Adds the wait.</summary>
    /// <param name="draft">The plan so far; added to.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="service">Its service.</param>
    /// <param name="condition">The required state; more than started.</param>
    /// <param name="required">Whether it is an error if the condition is not met.</param>
    /// <param name="limit">How long it may take; null for the default.</param>
    /// <param name="probe">Whether its own healthcheck may be run earlier than by the engine.</param>
    /// <param name="before">The steps before.</param>
    /// <returns>The wait's id.</returns>
    public static string Add(
        PlanDraft draft, string container, string service, DependencyCondition condition, bool required, TimeSpan? limit, bool probe, IEnumerable<string> before)
    {
        bool healthy = condition == DependencyCondition.ServiceHealthy;
        string id = $"wait {container} {(healthy ? "healthy" : "completed")}{(required ? "" : " optional")}";
        return draft.Has(id)
            ? id
            : draft.Add(
                new WaitOperation(
                    container, healthy ? WaitCondition.Healthy : WaitCondition.Completed, required, limit ?? ReadyWait.DefaultLimit, healthy && probe)
                {
                    Id = id,
                    Resource = ResourceId.Container(container),
                    Service = service,
                    Cause = healthy ? "until it is healthy" : "until it has completed",
                    IsDetail = true,
                },
                before);
    }
}
