using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Plans;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Deploys a stack to a swarm and waits until it has converged.</para>
/// <para type="description">Compares the project with the swarm and makes the necessary changes: creates networks, configs and secrets, creates and updates services in
/// dependency order, and waits until every service has all its tasks. Names, labels and definitions are those of docker stack deploy, so that either tool can take over
/// the stack without a task being restarted. Services that are up to date are left alone. Conditions of depends_on are waited for: healthy tasks, or jobs that have completed.
/// Attributes that a swarm does not honor are reported with their lines before anything is changed.</para>
/// <para type="description">Each service is written when it has converged. An update that the swarm pauses or rolls back is an error with the messages, exit codes, nodes and
/// last log lines of the failed tasks. Undo-LabDeployment returns to the state before the deployment.</para>
/// </summary>
/// <example>
/// <summary><para>Shows what a deployment of the bundled lab would change, and why.</para></summary>
/// <code>Deploy-LabStack -Profile Swarm -WhatIf</code>
/// </example>
/// <example>
/// <summary><para>Deploys another project under a name of its own, and removes services that it no longer defines.</para></summary>
/// <code>Deploy-LabStack -Path ./shop -StackName shop-test -Prune</code>
/// </example>
/// <example>
/// <summary><para>Asks the registry for newer images, and gives the nodes the credentials to pull them.</para></summary>
/// <code>Deploy-LabStack -Path ./shop -ResolveImage Always -WithRegistryAuth</code>
/// </example>
[Cmdlet("Deploy", "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabRollout))]
public sealed class DeployLabStackCommand : LabRolloutCmdlet
{
    /// <summary><para type="description">The name of the stack. Default: the name of the project.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Project", "StackName")]
    [OneValue]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override string? ProjectName { get; set; }

    /// <summary><para type="description">Removes services of the stack that the project does not define.</para></summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary><para type="description">When the digest of an image is looked up in the registry. Changed: if the image in the file has changed. Always: at every
    /// deployment. Never: each node uses what it has or finds. Default: Changed.</para></summary>
    [Parameter]
    [OneValue]
    public LabResolveImage ResolveImage { get; set; }

    /// <summary><para type="description">Gives the nodes your registry credentials, so that they can pull private images.</para></summary>
    [Parameter]
    public SwitchParameter WithRegistryAuth { get; set; }

    /// <summary><para type="description">Keeps the number of tasks of services that exist, such as after docker service scale.</para></summary>
    [Parameter]
    public SwitchParameter KeepScale { get; set; }

    private protected override LabPlanAction Action => LabPlanAction.Deploy;

    private protected override PlanIntent Intent() => new()
    {
        For = LabPlanAction.Deploy,
        Prune = Prune,
        ResolveImage = ResolveImage,
        WithRegistryAuth = WithRegistryAuth,
        KeepScale = KeepScale,
        NoWait = NoWait,
        TimeoutSec = TimeoutSec,
    };
}
