using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Plans;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Returns the services of a swarm stack to the state before the last deployment.</para>
/// <para type="description">Rolls back all services that the last Deploy-LabStack changed, as their rollback_config says, or the named ones like docker service rollback.
/// Configs and secrets of the two versions before are kept for this purpose. Services that the last deployment created are kept. Waits until the tasks are
/// replaced.</para>
/// </summary>
/// <example>
/// <summary><para>Undoes the last deployment of a stack.</para></summary>
/// <code>Undo-LabDeployment -ProjectName shop</code>
/// </example>
/// <example>
/// <summary><para>Shows what a rollback of one service would change.</para></summary>
/// <code>Undo-LabDeployment web -ProjectName shop -WhatIf</code>
/// </example>
[Cmdlet(VerbsCommon.Undo, "LabDeployment", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabRollout))]
public sealed class UndoLabDeploymentCommand : LabRolloutCmdlet
{
    /// <summary><para type="description">The services to roll back. Default: those that the last deployment changed.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    private protected override LabPlanAction Action => LabPlanAction.Undo;

    private protected override PlanIntent Intent() => new() { For = LabPlanAction.Undo, Services = Service, NoWait = NoWait, TimeoutSec = TimeoutSec };
}
