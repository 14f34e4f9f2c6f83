using System.Collections.Concurrent;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Executes the graph of a plan, each step when the previous ones have succeeded. It makes no decisions.</summary>
/// <param name="engine">The engine.</param>
/// <param name="images">Builds and pulls images.</param>
/// <param name="differingSecrets">Receives the names of swarm secrets whose content differs from the project.</param>
public sealed class PlanExecutor(IEngine engine, IImageSource images, ConcurrentDictionary<string, bool>? differingSecrets = null)
{
    /// <summary>The variables of the providers that have run.</summary>
    internal ProviderResults Providers { get; } = new();

    // The engine serializes much of its work; more parallel calls would only wait there.
    private const int CallsAtOnce = 16;

    /// <summary>Executes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="events">Receives what happens.</param>
    /// <param name="token">Cancels it: no more steps are started, and running ones are abandoned.</param>
    /// <returns>Completes when every step has succeeded.</returns>
    /// <exception cref="EngineException">The error of the first failed step; no more steps are started, and running ones are left to the engine.</exception>
    public async Task ExecuteAsync(StackPlan plan, IEngineEvents events, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(events);
        token.ThrowIfCancellationRequested();
        foreach (PlanWarning warning in plan.Next is null ? plan.Warnings : [])
        {
            events.Report(new EngineEvent
            {
                Resource = ResourceId.Stack(plan.ProjectName),
                Phase = EventPhase.Warning,
                Status = warning.Origin is { IsInFile: true } origin ? $"{warning.Message} ({origin})" : warning.Message,
                Service = warning.Service,
                Remedy = warning.Remedy,
            });
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var places = new SemaphoreSlim(ComposeSettings.CallsAtOnce(plan.Request?.Project, CallsAtOnce));
        bool waits = plan.Operations.Any(operation => operation is WaitOperation or RunContainerOperation);
        await using StackWatch? watch = waits ? new StackWatch(engine, plan.ProjectName, stop.Token) : null;
        var errors = new WaitErrors(engine, plan.Mask);
        ContainerWait? waiting = watch is null ? null : new ContainerWait(engine, watch, new HealthProbing(engine, new ProbedHealth()), errors);
        var ready = new ReadyReporter(events);
        await using ContainerStops? stops = plan.Operations.Any(operation => operation is StopContainerOperation)
            ? new ContainerStops(engine, plan.ProjectName, stop.Token)
            : null;
        InitContainerRunner? initContainers = watch is null ? null : new InitContainerRunner(engine, watch, plan.ProjectName, errors);
        SwarmOperationRunner? swarm = plan.Operations.Any(operation => operation is SwarmOperation)
            ? new SwarmOperationRunner(engine, images, plan.ProjectName, differingSecrets ?? new(), events, TimeProvider.System)
            : null;
        var steps = new OperationRunner(engine, images, Providers, waiting, stops, initContainers, swarm, plan.Mask, ready, events);
        var running = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (Operation operation in plan.Operations)
        {
            Task[] before = [.. operation.DependsOn.Select(id => running[id])];
            running.Add(operation.Id, RunAsync(operation, before));
        }

        Task all = Task.WhenAll([.. running.Values, ReadyAsync()]);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        token.ThrowIfCancellationRequested();
        if (stops is not null)
        {
            await stops.EndedAsync(running.Keys).WaitAsync(token).ConfigureAwait(false);
        }

        if (all.IsFaulted)
        {
            throw WithAwaited(FirstCause(all.Exception), plan, running);
        }

        await new FinalCheck(engine, plan, errors).RunAsync(token).ConfigureAwait(false);
        await new ContainerListWait(engine, TimeProvider.System).RunAsync(plan, token).ConfigureAwait(false);

        async Task RunAsync(Operation operation, Task[] before)
        {
            await Task.WhenAll(before).ConfigureAwait(false);
            bool takesPlace = operation is not (RunContainerOperation or ProviderOperation) && operation.Kind != OperationKind.WaitContainer;
            if (takesPlace)
            {
                await places.WaitAsync(stop.Token).ConfigureAwait(false);
            }

            try
            {
                await steps.RunAsync(operation, stop.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                if (takesPlace)
                {
                    places.Release();
                }
            }
        }

        async Task ReadyAsync()
        {
            if (plan.ReadyContainers.Count == 0)
            {
                return;
            }

            try
            {
                string[] labels = [$"{StackLabels.Project}={plan.ProjectName}"];
                ready.ReportKept(plan.ReadyContainers, await engine.ListContainersAsync(labels, stop.Token).ConfigureAwait(false));
            }
            catch (EngineException)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    // All waits share one limit: the message lists the others that were canceled too.
    private static EngineException WithAwaited(EngineException fault, StackPlan plan, Dictionary<string, Task> running)
    {
        string[] awaited =
        [
            .. plan.Operations.OfType<WaitOperation>()
                .Where(wait => wait.Condition == WaitCondition.Ready && !running[wait.Id].IsCompletedSuccessfully)
                .Select(wait => wait.Resource.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        return fault.Id != EngineErrorId.TimedOut || awaited.Length == 0
            ? fault
            : new EngineException(fault.Id, $"{fault.Message} Not ready: {string.Join(", ", awaited)}.", fault.Recommendation, fault)
            {
                Remedies = fault.Remedies,
                Service = fault.Service,
                Evidence = fault.Evidence,
            };
    }

    // Steps that waited for a failed one fail with the same exception, and cancellations are consequences.
    private static EngineException FirstCause(AggregateException faults)
    {
        IEnumerable<Exception> all = faults.Flatten().InnerExceptions;
        return all.OfType<EngineException>().FirstOrDefault()
            ?? throw new InvalidOperationException("A step of the plan failed unexpectedly.", faults);
    }
}
