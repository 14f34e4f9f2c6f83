using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Logs;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Reads the logs of a stack.</para>
/// <para type="description">Writes the output of the containers, one object for each line. The lines of several containers are merged by time. With -Follow, it
/// continues with new lines, also after containers are restarted or replaced, until you press Ctrl-C or the stack is removed. The stack is found by its name; the
/// Compose files are not needed. For a swarm stack, the logs of all its tasks are read from their nodes, and each line has the properties Node and TaskId.</para>
/// </summary>
/// <example>
/// <summary><para>Shows the last lines of the bundled lab's API.</para></summary>
/// <code run="true">Get-LabService api | Get-LabLog -Tail 20</code>
/// </example>
/// <example>
/// <summary><para>Finds errors in all logs of a stack during the last ten minutes.</para></summary>
/// <code>Get-LabLog -ProjectName shop -Since 10m | Where-Object Text -Match 'error' | Select-Object Time, Service, Text</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabLog", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabLogLine))]
public sealed class GetLabLogCommand : LabEngineCmdlet
{
    private const string WithTime = "ComposeLab.LabLogLine#WithTime";
    private const string AsPrinted = "ComposeLab.LabLogLine#Raw";

    // A timer is limited to a few weeks.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly List<LogChoice> _choices = [];

    /// <summary><para type="description">The services to read logs from. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = ["*"];

    /// <summary><para type="description">The container names, for services with several containers. Default: all containers of the service.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Container { get; set; } = [];

    /// <summary><para type="description">Continues with new lines as they are written.</para></summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary><para type="description">The number of last lines to read from each container. Default: all.</para></summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary><para type="description">Reads lines from this time on: a date, a TimeSpan, or a duration such as 10m.</para></summary>
    [Parameter]
    [DateOrDuration]
    public DateTimeOffset? Since { get; set; }

    /// <summary><para type="description">Reads lines up to this time: a date, a TimeSpan, or a duration such as 10m. With -Follow, it stops at this
    /// time.</para></summary>
    [Parameter]
    [DateOrDuration]
    public DateTimeOffset? Until { get; set; }

    /// <summary><para type="description">Shows the time before each line. The objects always contain it.</para></summary>
    [Parameter]
    public SwitchParameter Timestamp { get; set; }

    /// <summary><para type="description">Shows lines exactly as the containers printed them, with colors and other control sequences, which can change the
    /// terminal. Without it such characters are shown as visible signs. The objects have the text as it was printed either way.</para></summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        DateOrDurationAttribute.RequireOrder(Since, Until);
        _choices.Add(new LogChoice(Selection, new NamePatterns(Service), Container));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ILookup<string, LogChoice> byProject = _choices.ToLookup(choice => ProjectLoading.NameOf(choice.Selection, token), StringComparer.Ordinal);
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        IReadOnlyList<ObservedContainer> containers = await ListAsync(token).ConfigureAwait(false);
        if (containers.Count == 0)
        {
            throw new EngineException(
                EngineErrorId.StackNotRunning,
                $"No matching containers in stack '{string.Join("', '", byProject.Select(group => group.Key))}'.",
                "Start the services first")
            {
                Remedies = byProject.Count == 1 ? [Remedy.StartStack()] : [],
            };
        }

        var query = new LogQuery { Tail = Tail, Since = Since, Until = Until };
        using CancellationTokenSource end = EndOfFollowing(token);
        IAsyncEnumerable<ServiceLogLine> lines = Follow && !(Until < DateTimeOffset.Now)
            ? new FollowedLog(session.Engine, ListAsync, Skip).ReadAsync(query, end.Token)
            : new MergedLog(session.Engine, Skip).ReadAsync(containers, query, token);
        try
        {
            await LogOutput.WriteAsync(lines, Shown, output).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !token.IsCancellationRequested)
        {
            // The time of -Until has been reached, so following the log ends.
        }

        void Skip(ObservedContainer container, EngineException fault) => output.Warning($"{fault.Message} It is skipped.");

        async Task<IReadOnlyList<ObservedContainer>> ListAsync(CancellationToken stop)
        {
            List<ObservedContainer> found = [];
            foreach (IGrouping<string, LogChoice> project in byProject)
            {
                IReadOnlyList<ObservedContainer> containers = await session.Stacks.ListContainersAsync(project.Key, oneOffs: false, stop).ConfigureAwait(false);
                found.AddRange(containers.Where(container => project.Any(choice => choice.Includes(container))));
            }

            return found;
        }
    }

    private CancellationTokenSource EndOfFollowing(CancellationToken token)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (Follow && Until is { } until)
        {
            TimeSpan left = until - DateTimeOffset.Now;
            source.CancelAfter(TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, LongestWait.Ticks)));
        }

        return source;
    }

    private object Shown(ServiceLogLine line)
    {
        LabLogLine shown = LogOutput.Line(line);
        if (!Timestamp && !Raw)
        {
            return shown;
        }

        // The views tell by these names how the line is to be shown.
        var named = PSObject.AsPSObject(shown);
        if (Raw)
        {
            named.TypeNames.Insert(0, AsPrinted);
        }

        if (Timestamp)
        {
            named.TypeNames.Insert(0, WithTime);
        }

        return named;
    }
}
