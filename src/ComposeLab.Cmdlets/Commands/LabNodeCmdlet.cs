using System.Management.Automation;
using ComposeLab.Completion;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets that change existing nodes of a swarm.</summary>
public abstract class LabNodeCmdlet : LabSwarmCmdlet
{
    /// <summary><para type="description">The names or ids of the nodes.</para></summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Node")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary><para type="description">How long the tasks of a drained node may take to end, in seconds. Default: 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary><para type="description">Writes the nodes that were changed or removed. By default nothing is written.</para></summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
