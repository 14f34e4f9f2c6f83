using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the services of a stack: one object for each container.</para>
/// <para type="description">Shows every container, running or not, with its state, health and ports, as docker compose ps --all does. The stack is found by its name and
/// its labels: its files need not be complete, and stacks that docker compose made are shown as well.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the services of the bundled lab.</para></summary>
/// <code run="true">Get-LabService</code>
/// </example>
/// <example>
/// <summary><para>Shows what is not healthy, on the whole engine.</para></summary>
/// <code>Get-LabStack | Get-LabService | Where-Object Health -EQ Unhealthy</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabService", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabService))]
public sealed class GetLabServiceCommand : LabProjectCmdlet
{
    /// <summary><para type="description">The services' names; wildcards are allowed. Default: all. A name without wildcards that the stack does not know is an
    /// error.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = ["*"];

    /// <summary><para type="description">Lists the containers of one-off commands, too, as docker compose run creates them.</para></summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(Selection, token);
        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        IReadOnlyList<ObservedContainer> containers = All
            ? await session.Stacks.ListServicesAndOneOffsAsync(project, token).ConfigureAwait(false)
            : await session.Stacks.ListServicesAsync(project, token).ConfigureAwait(false);
        if (containers.Count == 0 && Selection.IsOnlyNamed)
        {
            IReadOnlyList<ObservedStack> stacks = await session.Stacks.ListStacksAsync(token).ConfigureAwait(false);
            await output.WriteErrorAsync(ErrorRecords.From(StackTarget.Missing(project, stacks))).ConfigureAwait(false);
            return;
        }

        var names = new NamePatterns(Service);
        foreach (ObservedContainer container in containers.Where(container => names.Match(container.Service)))
        {
            await output.WriteAsync(ServiceObjects.Of(container)).ConfigureAwait(false);
        }

        foreach (string missing in names.Unmatched(containers.Select(container => container.Service)))
        {
            await output.WriteErrorAsync(ErrorRecords.From(Missing(project, missing, containers))).ConfigureAwait(false);
        }
    }

    private LabException Missing(string project, string name, IReadOnlyList<ObservedContainer> containers) => containers.Count == 0
        ? new LabException(
            LabErrorId.StackNotRunning, $"The stack '{project}' has no containers, so there is no service '{name}'.", Typed("Start-LabStack"), name)
        : new LabException(
            LabErrorId.ServiceNotFound,
            $"The stack '{project}' has no service '{name}'; it has: {string.Join(", ", containers.Select(container => container.Service).Distinct(StringComparer.Ordinal))}.",
            $"{Typed("Get-LabService")} lists those there are",
            name);
}
