namespace ComposeLab.Engine.Planning;

/// <summary>Plans how containers are stopped: those that depend on a service end before it, independent ones in parallel.</summary>
/// <param name="order">The stack.</param>
internal sealed class StopPlanner(StackOrder order)
{
    // The last steps of the services that wait for a service, by its name; and those of each service itself.
    private readonly Dictionary<string, List<string>> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _ended = new(StringComparer.Ordinal);

    /// <summary>Plans the end of services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="end">Adds the steps that end a container after others; null if there is nothing to end.</param>
    /// <returns>The last steps of every container.</returns>
    public IReadOnlyList<string> Plan(IReadOnlyList<string> services, Func<ObservedContainer, IReadOnlyList<string>, TeardownSteps?> end)
    {
        List<string> last = [];
        foreach (string service in order.DependenciesFirst(services).Reverse())
        {
            // Each step once: through services without a running container, one step is reached on as many ways as there are paths.
            string[] before = [.. _before.GetValueOrDefault(service, []).Distinct(StringComparer.Ordinal)];
            TeardownSteps[] ends = [.. order.Of(service).Select(container => end(container, before)).OfType<TeardownSteps>()];
            last.AddRange(ends.Select(entry => entry.Last));

            // Dependencies of a service can stop once it has stopped; they do not need to wait for its removal.
            string[] stopped = [.. ends.Select(entry => entry.Stopped).OfType<string>()];
            IReadOnlyList<string> ended = _ended[service] = stopped.Length > 0 ? stopped : before;
            foreach (string dependency in order.Dependencies(service).Select(dependency => dependency.Service).Distinct(StringComparer.Ordinal))
            {
                if (!_before.TryGetValue(dependency, out List<string>? steps))
                {
                    _before[dependency] = steps = [];
                }

                steps.AddRange(ended);
            }
        }

        return last;
    }

    /// <summary>The steps after which a service and everything that waits for it has stopped.</summary>
    /// <param name="service">A planned service.</param>
    public IReadOnlyList<string> Ended(string service) => _ended.GetValueOrDefault(service, []);
}
