namespace ComposeLab.Engine.Planning;

/// <summary>Makes the wait until a container is ready, after which it is reported.</summary>
internal static class ReadyWait
{
    /// <summary>How long a container may take unless the caller says otherwise.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(5);

    /// <summary>Makes the wait.</summary>
    /// <param name="container">The container's name.</param>
    /// <param name="service">Its service.</param>
    /// <param name="cause">Why.</param>
    /// <param name="detail">Whether another step carries the cause.</param>
    /// <param name="limit">How long it may take; null is the default.</param>
    /// <param name="probe">Whether its own healthcheck may be run sooner than the engine does.</param>
    /// <returns>The step.</returns>
    public static WaitOperation Make(string container, string service, string cause, bool detail, TimeSpan? limit, bool probe) =>
        new(container, WaitCondition.Ready, true, limit ?? DefaultLimit, probe)
        {
            Id = $"wait {container} ready",
            Resource = ResourceId.Container(container),
            Service = service,
            Cause = cause,
            IsDetail = detail,
        };
}
