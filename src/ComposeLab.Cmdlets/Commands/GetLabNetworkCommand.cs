using System.Management.Automation;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
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
public sealed class GetLabNetworkCommand : LabEngineCmdlet
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
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        IReadOnlyList<NetworkSummary> networks = await session.Engine.ListNetworksAsync([], token).ConfigureAwait(false);
        IReadOnlyList<ContainerSummary> containers = await session.Engine.ListContainersAsync([], token).ConfigureAwait(false);
        IReadOnlyList<LabNetwork> found = StackResources.Networks(project, networks, containers);
        if (found.Count == 0 && Selection.IsOnlyNamed && await StackTarget.MissingAsync(project, session.Stacks, token).ConfigureAwait(false) is { } unknown)
        {
            await output.WriteErrorAsync(ErrorRecords.From(unknown)).ConfigureAwait(false);
            return;
        }

        await StackResources.WriteAsync(found, network => [network.Name, network.Key], Name, Missing, output).ConfigureAwait(false);

        LabException Missing(string name) =>
            new(LabErrorId.NetworkNotFound, $"Network '{name}' not found in stack '{project}'.", $"Run {Typed("Get-LabNetwork")} to list the networks", name);
    }
}
