using System.Management.Automation;
using ComposeLab.Completion;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets that change an existing stack. It is found by its name, so its files are not needed, and docker compose may have created
/// it.</summary>
public abstract class LabStackCmdlet : LabPlanCmdlet
{
    /// <summary><para type="description">The services to act on. Default: all of the stack.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Compose or Swarm: which stack to use if one of the engine and one of its swarm have the same name. Without it, two such
    /// stacks are an error. Accepts the property of pipeline objects.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneValue]
    public LabOrchestrator? Orchestrator { get; set; }
}
