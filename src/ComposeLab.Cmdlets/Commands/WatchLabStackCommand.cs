using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Watching;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Progress;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Applies changes of files to a running stack, until Ctrl-C.</para>
/// <para type="description">Starts the stack, then watches the paths of develop.watch, like docker compose watch: changed files are copied to the containers and deleted
/// files are deleted there (sync), the image is rebuilt and the containers are recreated (rebuild), containers are restarted (restart, sync+restart), or a command is run
/// after the copy (sync+exec). include, ignore, initial_sync and .dockerignore are respected. Changes that follow each other closely are one batch. Each action is written
/// to the pipeline when it has ended; one that fails is an error, and the watch continues. Ctrl-C ends the watch; the stack keeps running.</para>
/// </summary>
/// <example>
/// <summary><para>Starts another project and applies every change to it.</para></summary>
/// <code>Watch-LabStack -Path ./shop</code>
/// </example>
/// <example>
/// <summary><para>Watches the files of one service of a stack that is already running, and shows which files were copied.</para></summary>
/// <code>Watch-LabStack web -Path ./shop -NoStart | ForEach-Object Paths</code>
/// </example>
[Cmdlet(VerbsCommon.Watch, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabWatchAction))]
public sealed class WatchLabStackCommand : LabEngineCmdlet
{
    /// <summary><para type="description">The services whose files are watched. Default: all services with develop.watch.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Watches without starting the stack first.</para></summary>
    [Parameter]
    public SwitchParameter NoStart { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = LoadProject(output, token, Service);
        var rules = WatchRules.Of(project, Service);
        foreach (string warning in rules.Warnings)
        {
            output.Warning(warning);
        }

        string folders = string.Join(", ", rules.Rules.Select(rule => rule.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (!await output.ShouldProcessAsync($"Watch {folders} for stack {project.Name}", $"Watch {folders}?", "Watch-LabStack").ConfigureAwait(false))
        {
            return;
        }

        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        using var board = new ProgressBoard(output, $"Watch {project.Name}", 0, TimeProvider.System);
        if (!NoStart)
        {
            StackPlan plan = await session.Stacks.PlanStartAsync(project, new StartOptions { Services = Service, Build = true }, token).ConfigureAwait(false);
            await session.Stacks.ExecuteAsync(plan, board, token).ConfigureAwait(false);
            board.Clear();
        }

        var watcher = new StackWatcher(session.Engine, session.Stacks, project, rules);
        await foreach (WatchResult result in watcher.RunAsync(board, () => output.Verbose($"Watching {folders}."), token).ConfigureAwait(false))
        {
            board.Clear();
            await output.WriteAsync(new LabWatchAction
            {
                ProjectName = project.Name,
                Service = result.Service,
                Action = result.Action switch
                {
                    WatchAction.Rebuild => LabWatchKind.Rebuild,
                    WatchAction.Restart => LabWatchKind.Restart,
                    WatchAction.Exec => LabWatchKind.Exec,
                    _ => LabWatchKind.Sync,
                },
                Succeeded = result.Fault is null,
                Time = DateTimeOffset.Now,
                Duration = result.Duration,
                Paths = result.Paths,
                Output = result.Output,
            }).ConfigureAwait(false);
            if (result.Fault is { } fault)
            {
                await output.WriteErrorAsync(ErrorRecords.From(fault, Typed)).ConfigureAwait(false);
            }
        }
    }
}
