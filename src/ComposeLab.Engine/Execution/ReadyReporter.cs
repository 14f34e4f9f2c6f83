using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>Tells that a container is ready, with the container as the engine lists it at that moment.</summary>
/// <param name="engine">The engine.</param>
/// <param name="events">Gets the news.</param>
internal sealed class ReadyReporter(IEngine engine, IEngineEvents events)
{
    /// <summary>Reports one container; one that is gone meanwhile is left out.</summary>
    /// <param name="container">Its id or name.</param>
    /// <param name="seenByProbe">Whether this module's own probe saw it healthy.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it is reported.</returns>
    public async Task ReportAsync(string container, bool seenByProbe, CancellationToken token)
    {
        ContainerDetails? details = await engine.InspectContainerAsync(container, token).ConfigureAwait(false);
        if (details is null)
        {
            return;
        }

        // A listing by the container's own labels gives its row without reading the whole engine.
        string[] labels =
        [
            Label(Planning.StackLabels.Project),
            Label(Planning.StackLabels.Service),
            Label(Planning.StackLabels.Number),
        ];
        IReadOnlyList<ContainerSummary> rows = await engine.ListContainersAsync(labels, token).ConfigureAwait(false);
        ContainerSummary? row = rows.FirstOrDefault(row => row.Id == details.Id);
        if (row is null)
        {
            return;
        }

        events.Report(new EngineEvent
        {
            Resource = $"container {row.Name}",
            Phase = EventPhase.Done,
            Status = "ready",
            Service = row.Labels.GetValueOrDefault(Planning.StackLabels.Service),
            Ready = row,
            SeenByProbe = seenByProbe,
        });

        string Label(string name) => $"{name}={details.Labels.GetValueOrDefault(name, "")}";
    }
}
