using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Reports ready containers.</summary>
/// <param name="events">Receives the events.</param>
internal sealed class ReadyReporter(IEngineEvents events)
{
    /// <summary>Reports one container.</summary>
    /// <param name="container">The container as the engine lists it.</param>
    /// <param name="seenByProbe">Whether this module's own probe saw it healthy before the engine did.</param>
    public void Report(ContainerSummary container, bool seenByProbe) => events.Report(new EngineEvent
    {
        Resource = ResourceId.Container(container.Name),
        Phase = EventPhase.Done,
        Status = "ready",
        Service = container.Labels.GetValueOrDefault(StackLabels.Service),
        Ready = container,
        SeenByProbe = seenByProbe,
    });

    /// <summary>Reports the containers that a plan did not change.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="rows">The current containers of the stack.</param>
    /// <exception cref="EngineException">ServiceExited, as a conflict: one of them is not what the plan was created for.</exception>
    public void ReportKept(IReadOnlyList<string> names, IReadOnlyList<ContainerSummary> rows)
    {
        foreach (string name in names)
        {
            ContainerSummary? row = rows.FirstOrDefault(row => row.Name == name);
            if (row is not ({ State: ContainerState.Running or ContainerState.Restarting } or { State: ContainerState.Exited, ExitCode: 0 }))
            {
                throw new EngineException(
                    EngineErrorId.ServiceExited,
                    $"Container {name} was running when the plan was created, but has exited since then.",
                    "Run the command again.")
                {
                    StatusCode = 409,
                };
            }

            Report(row, seenByProbe: false);
        }
    }
}
