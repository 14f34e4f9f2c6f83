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
}
