using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Reads what happened to the containers of a stack.</para>
/// <para type="description">Writes one object for each event that the engine remembers: starts, exits with their code, results of health checks, signals. With -Follow,
/// it continues with new events until you press Ctrl-C. An engine remembers its last events only, and none from before its own start.</para>
/// </summary>
/// <example>
/// <summary><para>Shows what happened to the bundled lab in the last ten minutes.</para></summary>
/// <code>Get-LabEvent -Since 10m</code>
/// </example>
/// <example>
/// <summary><para>Lists what happened between two times.</para></summary>
/// <code>Get-LabEvent -ProjectName shop -Since '2026-03-14 09:00' -Until '2026-03-14 10:00'</code>
/// </example>
/// <example>
/// <summary><para>Reports each exit of a service as it happens.</para></summary>
/// <code>Get-LabEvent worker -ProjectName shop -Follow | Where-Object Action -EQ 'die' | ForEach-Object { "$($_.Time) $($_.ExitCode)" }</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabEvent", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabEvent))]
public sealed class GetLabEventCommand : LabEngineCmdlet
{
    // The engine ends the list itself, by its own clock. This only limits the wait for a clock that is late.
    private static readonly TimeSpan ListTime = TimeSpan.FromSeconds(10);

    /// <summary><para type="description">The services. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Continues with new events as they happen.</para></summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary><para type="description">Reads events from this time on: a date, a TimeSpan, or a duration such as 10m. Default: everything that the engine remembers;
    /// with -Follow, from now on.</para></summary>
    [Parameter]
    [DateOrDuration]
    public DateTimeOffset? Since { get; set; }

    /// <summary><para type="description">Reads events up to this time: a date, a TimeSpan, or a duration such as 10m, which means ten minutes ago. With -Follow and a time in
    /// the future, the command ends then.</para></summary>
    [Parameter]
    [DateOrDuration]
    public DateTimeOffset? Until { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        DateOrDurationAttribute.RequireOrder(Since, Until);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        StackTarget target = StackTarget.Of(Selection, () => LoadProject(output, token), token);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        if (!await target.CheckServicesAsync(Service, session.Stacks, token).ConfigureAwait(false) && target.Place is not null)
        {
            RequireServices(LoadProject(output, token));
        }

        DateTimeOffset? since = Since ?? (Follow ? null : DateTimeOffset.UnixEpoch);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (!Follow)
        {
            end.CancelAfter(ListTime);
        }
        else if (Until is { } last)
        {
            TimeSpan rest = last - DateTimeOffset.Now;
            end.CancelAfter(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }

        try
        {
            await foreach (ContainerEvent happened in session.Engine.WatchContainersAsync([$"{StackLabels.Project}={target.ProjectName}"], since, Follow ? null : DateTimeOffset.UtcNow, end.Token).ConfigureAwait(false))
            {
                LabEvent shown = EventObjects.Of(happened);
                if (shown.Time >= since.GetValueOrDefault() && shown.Time <= (Until ?? DateTimeOffset.MaxValue) && (Service.Length == 0 || Service.Contains(shown.Service, StringComparer.Ordinal)))
                {
                    await output.WriteAsync(shown).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            // The time of -Until has been reached, or the engine has sent what it remembers.
        }
    }

    private void RequireServices(ComposeProject project)
    {
        foreach (string service in Service.Where(service => !project.DisabledServices.ContainsKey(service)))
        {
            StackPlanner.RequireService(project, service);
        }
    }
}
