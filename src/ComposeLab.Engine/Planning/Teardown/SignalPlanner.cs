using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Plans what is done to running containers without stopping them in order.</summary>
/// <param name="draft">The plan so far; added to.</param>
/// <param name="options">What is done.</param>
internal sealed class SignalPlanner(PlanDraft draft, SignalOptions options)
{
    private const string Asked = "requested";

    /// <summary>Adds the steps.</summary>
    /// <param name="containers">The containers. Those that are not running are ignored.</param>
    public void Plan(IEnumerable<ObservedContainer> containers)
    {
        foreach (ObservedContainer container in containers.Where(container => container.IsRunning))
        {
            bool isPaused = container.Summary.State == ContainerState.Paused;
            switch (options.Action)
            {
                case ContainerSignal.Pause when isPaused:
                    draft.AddFinding(
                        EngineErrorId.AlreadyPaused,
                        $"Container {container.Name} of service '{container.Service}' is already paused.",
                        "Resume it, or name other services",
                        container.Service,
                        origin: null);
                    break;
                case ContainerSignal.Pause:
                    draft.Add(new PauseContainerOperation(container.Id) { Id = "pause " + container.Id, Resource = ResourceId.Container(container.Name), Service = container.Service, Cause = Asked }, []);
                    break;
                case ContainerSignal.Resume when isPaused:
                    draft.Add(
                        new StartContainerOperation(container.Id, Paused: true) { Id = "unpause " + container.Id, Resource = ResourceId.Container(container.Name), Service = container.Service, Cause = Asked }, []);
                    break;
                case ContainerSignal.Send:
                    draft.Add(
                        new SignalContainerOperation(container.Id, options.Signal)
                        {
                            Id = "signal " + container.Id,
                            Resource = ResourceId.Container(container.Name),
                            Service = container.Service,
                            Cause = $"{options.Signal} requested",
                        },
                        []);
                    break;
            }
        }
    }
}
