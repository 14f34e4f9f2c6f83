namespace ComposeLab.Engine.Planning;

/// <summary>Plans how containers end: those that depend on a service end before it, independent ones in parallel.</summary>
/// <param name="order">The stack.</param>
internal sealed class StopPlanner(StackOrder order)
{
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
            string[] before =
            [
                .. _ended.Where(other => order.Dependencies(other.Key).Any(dependency => dependency.Service == service)).SelectMany(other => other.Value),
            ];
            TeardownSteps[] ends = [.. order.Of(service).Select(container => end(container, before)).OfType<TeardownSteps>()];
            last.AddRange(ends.Select(entry => entry.Last));

            // Those that a service depended on may end once it has stopped; its removal takes nothing from them.
            string[] stopped = [.. ends.Select(entry => entry.Stopped).OfType<string>()];
            _ended[service] = stopped.Length > 0 ? stopped : before;
        }

        return last;
    }
}
