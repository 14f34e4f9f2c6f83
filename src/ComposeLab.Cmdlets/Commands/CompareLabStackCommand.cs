using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Plans;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Shows how a running stack differs from its files, or from the same stack on another engine.</para>
/// <para type="description">Compares the containers, networks and volumes of a stack with its Compose files, value by value with file and line, and writes what a start
/// would change. With -ReferenceContext, compares it with the stack of the same name on another engine; the files are not needed. Nothing is written if there is no
/// difference. Nothing is changed. Secret values are masked; a difference between two secrets is still reported.</para>
/// </summary>
/// <example>
/// <summary><para>Shows what has changed since the bundled lab was started.</para></summary>
/// <code run="true">Compare-LabStack</code>
/// </example>
/// <example>
/// <summary><para>Compares three engines with the files, in one list.</para></summary>
/// <code>'edge1', 'edge2', 'edge3' | Compare-LabStack -Path ./shop | Format-Table Engine, Resource, Field, Value, ReferenceValue</code>
/// </example>
/// <example>
/// <summary><para>Compares the stack of one engine with that of another.</para></summary>
/// <code>Compare-LabStack -ProjectName shop -ReferenceContext edge1 -Context edge2</code>
/// </example>
[Cmdlet(VerbsData.Compare, "LabStack", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabStackDifference))]
public sealed class CompareLabStackCommand : LabEngineCmdlet
{
    /// <summary><para type="description">The services to compare. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">The engine with the stack to compare with, instead of the files: the name of a docker context, or an address.</para></summary>
    [Parameter]
    [EngineNames]
    [OneValue]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ReferenceContext { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(IPipelineOutput output, CancellationToken token) =>
        ReferenceContext is null ? CompareFilesAsync(output, token) : CompareEnginesAsync(ReferenceContext, output, token);

    private async Task CompareFilesAsync(IPipelineOutput output, CancellationToken token)
    {
        var intent = new PlanIntent { For = LabPlanAction.Start, Services = Service, RemoveOrphans = Service.Length == 0, Policy = LabPolicy.None, Pull = LabPullPolicy.Missing };
        var planning = new StackPlanning(intent, Selection);
        StackTarget target = planning.FindTarget(() => LoadProject(output, token, intent.Loaded), output, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        StackPlan plan = await planning.PlanAsync(target, session, onlyShown: true, token).ConfigureAwait(false);
        await WriteAsync(target.ProjectName, StackDrift.FromFiles(plan, Service), target.Project is { } project ? new SourceLocations(project) : null, output).ConfigureAwait(false);
    }

    private async Task CompareEnginesAsync(string reference, IPipelineOutput output, CancellationToken token)
    {
        string name = ProjectLoading.NameOf(Selection, token);
        Task<Side> expected = ReadAsync(Selection with { Context = reference }, name, token);
        Side found = await ReadAsync(Selection, name, token).ConfigureAwait(false);
        Side other = await expected.ConfigureAwait(false);
        var services = new NamePatterns(Service.Length == 0 ? ["*"] : Service);
        IReadOnlyList<StackDifference> differences = StackDrift.Between(
            [.. other.Containers.Where(container => services.Match(container.Service))],
            [.. found.Containers.Where(container => services.Match(container.Service))],
            comparesImages: other.UsesContainerdStore == found.UsesContainerdStore);
        await WriteAsync(name, differences, null, output).ConfigureAwait(false);
    }

    private static async Task<Side> ReadAsync(ProjectSelection selection, string name, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(selection, token).ConfigureAwait(false);
        Task<EngineDescription> description = session.Engine.DescribeAsync(token);
        IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListServicesAsync(name, token).ConfigureAwait(false);
        if (containers.Count == 0)
        {
            LabException missing = StackTarget.Missing(name, await session.Stacks.ListStacksAsync(token).ConfigureAwait(false));
            string engine = session.Engine.Info.Endpoint.Name;
            throw new LabException(missing.Id, $"{engine}: {missing.Message}", $"Get-LabStack -Context {engine}");
        }

        return new Side(containers, (await description.ConfigureAwait(false)).UsesContainerdStore);
    }

    private static async Task WriteAsync(string name, IReadOnlyList<StackDifference> differences, SourceLocations? places, IPipelineOutput output)
    {
        foreach (StackDifference difference in differences)
        {
            await output.WriteAsync(new LabStackDifference
            {
                ProjectName = name,
                Service = difference.Service,
                Resource = difference.Resource.ToString(),
                Kind = Enum.Parse<LabDriftKind>(difference.Kind.ToString()),
                Field = difference.Field,
                ReferenceValue = difference.Expected,
                Value = difference.Found,
                Reason = difference.Reason,
                Origin = places?.Of(difference.Origin),
            }).ConfigureAwait(false);
        }
    }

    private sealed record Side(IReadOnlyList<ObservedContainer> Containers, bool UsesContainerdStore);
}
