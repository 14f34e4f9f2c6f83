using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the networks of a stack, and who uses them.</para>
/// <para type="description">Writes the networks that the project created, and external ones that its containers use, each with the containers of all stacks that use it.
/// The stack is found by its name: the Compose files are not needed, and its containers may be removed already.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the networks of the bundled lab.</para></summary>
/// <code run="true">Get-LabNetwork</code>
/// </example>
/// <example>
/// <summary><para>Lists the containers in each network of a stack.</para></summary>
/// <code>Get-LabNetwork -ProjectName shop | Select-Object Name -ExpandProperty UsedBy</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabNetwork", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabNetwork))]
public sealed class GetLabNetworkCommand : LabProjectCmdlet
{
    /// <summary><para type="description">The names on the engine, or the keys in the Compose files. Default: all.</para></summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(Selection, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        IReadOnlyList<NetworkSummary> networks = await session.Engine.ListNetworksAsync([], token).ConfigureAwait(false);
        IReadOnlyList<ContainerSummary> containers = await session.Engine.ListContainersAsync([], token).ConfigureAwait(false);
        var names = new NamePatterns(Name);
        foreach (LabNetwork network in StackResources.Networks(project, networks, containers).Where(network => names.Match(network.Name) || names.Match(network.Key)))
        {
            await output.WriteAsync(network).ConfigureAwait(false);
        }
    }
}
