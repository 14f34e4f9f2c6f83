using System.Diagnostics;
using System.Runtime.CompilerServices;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Watching;

/// <summary>An action that changed files caused.</summary>
/// <param name="Service">The service.</param>
/// <param name="Action">What was done.</param>
/// <param name="Paths">The changed paths that were copied or deleted; for a rebuild or restart, those that caused it.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Output">The output of a command.</param>
/// <param name="Fault">Why it failed; null if it has not.</param>
public sealed record WatchResult(string Service, WatchAction Action, IReadOnlyList<string> Paths, TimeSpan Duration, string Output, EngineException? Fault);

/// <summary>Applies changes of files to the running containers of a stack, until it is canceled.</summary>
/// <param name="engine">The engine.</param>
/// <param name="stacks">The stacks of the engine.</param>
/// <param name="project">The project.</param>
/// <param name="rules">What is watched.</param>
public sealed class StackWatcher(IEngine engine, StackEngine stacks, ComposeProject project, WatchRules rules)
{
    private readonly FileSync _sync = new(engine);

    /// <summary>Watches. First, the files of rules with an initial copy are copied.</summary>
    /// <param name="events">Receives the progress of rebuilds and restarts.</param>
    /// <param name="watching">Called when changes from now on are seen.</param>
    /// <param name="token">Ends it. The stack keeps running.</param>
    /// <returns>Each action when it has ended, also one that failed.</returns>
    public async IAsyncEnumerable<WatchResult> RunAsync(IEngineEvents events, Action watching, [EnumeratorCancellation] CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(watching);
        using FileChanges changes = Watch();
        watching();
        foreach (IGrouping<string, WatchRule> service in rules.Initial.GroupBy(rule => rule.Service, StringComparer.Ordinal))
        {
            SyncedPath[] files = [.. service.SelectMany(rule => Existing(rule).Select(path => new SyncedPath(path, rule.InContainer(path)))).DistinctBy(file => file.Target)];
            if (files.Length > 0)
            {
                yield return await SyncAsync(service.Key, files, token).ConfigureAwait(false);
            }
        }

        await foreach (IReadOnlyCollection<string> paths in changes.ReadAsync(token).ConfigureAwait(false))
        {
            await foreach (WatchResult result in ApplyAsync(paths, events, token).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    /// <summary>Applies one batch of changes.</summary>
    /// <param name="paths">The absolute paths that changed.</param>
    /// <param name="events">Receives the progress of rebuilds and restarts.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Each action when it has ended.</returns>
    internal async IAsyncEnumerable<WatchResult> ApplyAsync(IReadOnlyCollection<string> paths, IEngineEvents events, [EnumeratorCancellation] CancellationToken token)
    {
        var batch = WatchBatch.Of(rules.Rules, paths);
        if (batch.Rebuilt.Count > 0)
        {
            // Only the images of these services: their dependencies do not watch these files.
            foreach (WatchResult result in await PlannedAsync(
                batch.Rebuilt,
                WatchAction.Rebuild,
                paths,
                stop => stacks.PlanStartAsync(project, new StartOptions { Services = batch.Rebuilt, Build = true, NoDependencies = true, ForceRecreate = true, NoWait = true }, stop),
                events,
                token).ConfigureAwait(false))
            {
                yield return result;
            }
        }

        foreach ((string service, IReadOnlyList<SyncedPath> files) in batch.Synced)
        {
            yield return await SyncAsync(service, files, token).ConfigureAwait(false);
        }

        if (batch.Restarted.Count > 0)
        {
            foreach (WatchResult result in await PlannedAsync(
                batch.Restarted,
                WatchAction.Restart,
                paths,
                stop => stacks.PlanRestartAsync(project.Name, project, new RestartOptions { Services = batch.Restarted, NoWait = true }, stop),
                events,
                token).ConfigureAwait(false))
            {
                yield return result;
            }
        }

        foreach ((string service, HookDefinition command) in batch.Executed.SelectMany(entry => entry.Value.Select(command => (entry.Key, command))))
        {
            foreach (string container in await ContainersAsync(service, token).ConfigureAwait(false))
            {
                yield return await ExecAsync(service, container, command, token).ConfigureAwait(false);
            }
        }
    }

    private FileChanges Watch()
    {
        try
        {
            return new FileChanges(rules.Rules.Select(rule => rule.Path));
        }
        catch (IOException fault)
        {
            throw new EngineException(
                EngineErrorId.NothingToWatch, $"The files cannot be watched: {fault.Message}", "Raise the limit of the system, for example fs.inotify.max_user_watches, or watch fewer folders", fault);
        }
    }

    private static IEnumerable<string> Existing(WatchRule rule) => File.Exists(rule.Path)
        ? [rule.Path]
        : Directory.Exists(rule.Path)
            ? Directory.EnumerateFileSystemEntries(rule.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Where(rule.IsAbout)
            : [];

    private Task<WatchResult> SyncAsync(string service, IReadOnlyList<SyncedPath> files, CancellationToken token) => MeasuredAsync(
        service,
        WatchAction.Sync,
        [.. files.Select(file => file.Source)],
        async () =>
        {
            await _sync.RunAsync(await ContainersAsync(service, token).ConfigureAwait(false), files, token).ConfigureAwait(false);
            return "";
        });

    private async Task<IReadOnlyList<WatchResult>> PlannedAsync(
        IReadOnlyList<string> services, WatchAction action, IReadOnlyCollection<string> paths, Func<CancellationToken, Task<StackPlan>> plan, IEngineEvents events, CancellationToken token)
    {
        WatchResult result = await MeasuredAsync(
            services[0],
            action,
            [],
            async () =>
            {
                await stacks.ExecuteAsync(await plan(token).ConfigureAwait(false), events, token).ConfigureAwait(false);
                return "";
            }).ConfigureAwait(false);
        return
        [
            .. services.Select(service => result with
            {
                Service = service,
                Paths = [.. paths.Where(path => rules.Rules.Any(rule => rule.Service == service && rule.Action.HasFlag(action) && rule.IsAbout(path))).Order(StringComparer.Ordinal)],
            }),
        ];
    }

    private Task<WatchResult> ExecAsync(string service, string container, HookDefinition command, CancellationToken token) => MeasuredAsync(
        service,
        WatchAction.Exec,
        [],
        async () =>
        {
            ExecResult result = await ExecRunner.RunAsync(engine, container, InlineFiles.Hook(command), token).ConfigureAwait(false);
            return result.ExitCode == 0
                ? project.Mask.MaskText(result.Output + result.Error)
                : throw new EngineException(
                    EngineErrorId.CommandFailed,
                    $"The command that service '{service}' runs after a copy exited with code {result.ExitCode}. Output: {project.Mask.MaskText((result.Error + result.Output).Trim())}",
                    "Run it manually")
                {
                    Remedies = [Remedy.RunCommand(service, project.Mask.MaskWords(command.Command ?? []))],
                    Service = service,
                };
        });

    private static async Task<WatchResult> MeasuredAsync(string service, WatchAction action, IReadOnlyList<string> paths, Func<Task<string>> work)
    {
        long begin = Stopwatch.GetTimestamp();
        try
        {
            string output = await work().ConfigureAwait(false);
            return new WatchResult(service, action, paths, Stopwatch.GetElapsedTime(begin), output, null);
        }
        catch (EngineException fault) when (fault.Id != EngineErrorId.EngineUnreachable)
        {
            return new WatchResult(service, action, paths, Stopwatch.GetElapsedTime(begin), "", fault);
        }
    }

    private async Task<IReadOnlyList<string>> ContainersAsync(string service, CancellationToken token)
    {
        IReadOnlyList<ObservedContainer> containers = await stacks.ListServicesAsync(project.Name, token).ConfigureAwait(false);
        return [.. containers.Where(container => container.Service == service && container.IsRunning).Select(container => container.Id)];
    }
}
