using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engines;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets that act on one container of a service.</summary>
public abstract class LabContainerCmdlet : LabEngineCmdlet
{
    /// <summary><para type="description">The service.</para></summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Service { get; set; } = "";

    /// <summary><para type="description">The container of the service, counted from 1. Default: the first running container.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, int.MaxValue)]
    public int? Number { get; set; }

    /// <summary><para type="description">The container name, as an alternative to -Number. It can be a one-off container.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Container { get; set; }

    /// <summary>Finds the selected container and its engine.</summary>
    /// <param name="session">The selected engine.</param>
    /// <param name="token">Cancels it.</param>
    /// <param name="anyState">Whether it can be stopped or paused; a running one is preferred.</param>
    /// <returns>The container.</returns>
    /// <exception cref="Errors.LabException">StackNotRunning, ServiceNotFound; NodeUnreachable: it is a task on another node of a swarm.</exception>
    private protected Task<LocatedContainer> FindContainerAsync(EngineSession session, CancellationToken token, bool anyState = false) =>
        RunningContainer.FindAsync(session, Selection, ProjectLoading.NameOf(Selection, token), Service, Number, Container, token, anyState);
}
