using System.Collections.Concurrent;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Executes one step of a plan as an engine call and reports it.</summary>
/// <param name="engine">The engine.</param>
/// <param name="images">Builds and pulls images.</param>
/// <param name="providers">Runs the programs of provider services.</param>
/// <param name="waiting">Waits for containers; null for a plan without waits.</param>
/// <param name="stops">Stops containers; null for a plan without stops.</param>
/// <param name="initContainers">Runs init containers; null for a plan without them.</param>
/// <param name="swarm">Executes the steps for a swarm; null for a plan without them.</param>
/// <param name="mask">Knows the project's secrets.</param>
/// <param name="ready">Reports containers that are ready.</param>
/// <param name="events">Receives the events.</param>
internal sealed class OperationRunner(
    IEngine engine, IImageSource images, ProviderResults providers, ContainerWait? waiting, ContainerStops? stops, InitContainerRunner? initContainers, SwarmOperationRunner? swarm, SecretMask mask, ReadyReporter ready, IEngineEvents events)
{
    private static readonly TimeSpan UsersLimit = TimeSpan.FromSeconds(10);

    // The ids of the containers this plan created: they fill the slots of later operations.
    private readonly ConcurrentDictionary<ResourceId, string> _created = new();

    // The optional containers that could not be started: later steps ignore them.
    private readonly ConcurrentDictionary<ResourceId, bool> _failed = new();

    /// <summary>Runs one step.</summary>
    /// <param name="operation">The step.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it has succeeded.</returns>
    public async Task RunAsync(Operation operation, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        Report(operation, EventPhase.Working, OperationLabels.Running(operation));
        try
        {
            // The next stop, with its hook, needs only that the previous process has exited. All other steps need the released resources.
            if (stops is not null && operation is not (StopContainerOperation or HookOperation))
            {
                await stops.EndedAsync(operation.DependsOn).WaitAsync(token).ConfigureAwait(false);
            }

            await CallAsync(operation, token).ConfigureAwait(false);
        }
        catch (EngineException fault)
        {
            Report(operation, EventPhase.Failed, OperationLabels.Running(operation) + " failed");
            throw Explain(operation, fault);
        }

        Report(operation, EventPhase.Done, OperationLabels.Done(operation));
    }

    private Task CallAsync(Operation operation, CancellationToken token) => operation switch
    {
        ImageOperation { IsBuild: true } build => images.BuildAsync(build.Project, build.Definition, build.Image, events, token),
        ImageOperation pull => images.PullAsync(pull.Image, pull.Definition.Platform, events, token),
        ProviderOperation provider => providers.RunAsync(provider, events, token),
        CreateDirectoryOperation directory => CreateDirectory(directory),
        RemoveImageOperation image => UnlessGoneAsync(() => engine.RemoveImageAsync(image.Image, force: false, token), operation),
        CreateNetworkOperation network => engine.CreateNetworkAsync(network.Spec, token),
        RemoveNetworkOperation network => UnlessGoneAsync(() => new NetworkRemoval(engine).RunAsync(network, token), operation),
        CreateVolumeOperation volume => engine.CreateVolumeAsync(volume.Spec, token),
        RemoveVolumeOperation volume => UnlessGoneAsync(() => engine.RemoveVolumeAsync(volume.Volume, token), operation),
        CreateContainerOperation create => CreateAsync(create, token),
        ConnectNetworkOperation connect => ConnectAsync(connect, token),
        DisconnectNetworkOperation disconnect => UnlessGoneAsync(() => engine.DisconnectNetworkAsync(disconnect.Network, disconnect.Container, token), operation),
        CopyFilesOperation copy => ContainerFiles.CopyAsync(engine, copy.Container, copy.Files, token),
        StartContainerOperation { Paused: true } start => engine.UnpauseContainerAsync(start.Container, token),
        StartContainerOperation start => UnlessOptionalAsync(start, start.Required, () => engine.StartContainerAsync(start.Container, token)),
        WaitOperation wait => WaitAsync(wait, token),
        HookOperation hook => UnlessOptionalAsync(hook, hook.Required, () => HookRunner.RunAsync(engine, hook, mask, line => Report(hook, EventPhase.Output, line), token)),
        RunContainerOperation run => UnlessOptionalAsync(run, run.Required, () => initContainers!.RunAsync(run, token)),
        PauseContainerOperation pause => UnlessGoneAsync(() => engine.PauseContainerAsync(pause.Container, token), operation),
        SignalContainerOperation signal => UnlessGoneAsync(() => engine.KillContainerAsync(signal.Container, signal.Signal, token), operation),
        StopContainerOperation stop => UnlessGoneAsync(() => stops!.StopAsync(stop, token), operation),
        RemoveContainerOperation remove => UnlessGoneAsync(() => new ContainerRemoval(engine).RunAsync(remove.Container, remove.AnonymousVolumes, token), operation),
        RenameContainerOperation rename => RenameAsync(rename, token),
        SwarmOperation step => swarm!.RunAsync(step, token),
        _ => throw new InvalidOperationException($"No call is known for {operation.GetType().Name}."),
    };

    private static Task CreateDirectory(CreateDirectoryOperation directory)
    {
        try
        {
            Directory.CreateDirectory(directory.Path);
            return Task.CompletedTask;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                EngineErrorId.BindSourceMissing,
                $"The bind source '{directory.Path}' does not exist and cannot be created: {fault.Message}",
                "Create it, or correct the volume's source.",
                fault)
            {
                Service = directory.Service,
            };
        }
    }

    private async Task CreateAsync(CreateContainerOperation create, CancellationToken token)
    {
        ContainerSpec spec = create.Slots?.Fill(create.Spec, _created) ?? create.Spec;
        ContainerCreated made = await engine.CreateContainerAsync(spec, token).ConfigureAwait(false);
        _created[create.Resource] = made.Id;
        foreach (string warning in made.Warnings)
        {
            Report(create, EventPhase.Warning, warning);
        }
    }

    // The last call of a process that was killed can still take effect after the stack was observed for this plan.
    private async Task RenameAsync(RenameContainerOperation rename, CancellationToken token)
    {
        try
        {
            await engine.RenameContainerAsync(rename.Container, rename.NewName, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.StatusCode == 400)
        {
            if ((await engine.InspectContainerAsync(rename.Container, token).ConfigureAwait(false))?.Name != rename.NewName)
            {
                throw;
            }
        }
    }

    // As above; the endpoint that exists may have other settings.
    private async Task ConnectAsync(ConnectNetworkOperation connect, CancellationToken token)
    {
        try
        {
            await engine.ConnectNetworkAsync(connect.Network, connect.Container, connect.Endpoint, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.StatusCode == 403)
        {
            if ((await engine.InspectContainerAsync(connect.Container, token).ConfigureAwait(false))?.Networks.ContainsKey(connect.Network) != true)
            {
                throw;
            }

            await engine.DisconnectNetworkAsync(connect.Network, connect.Container, token).ConfigureAwait(false);
            await engine.ConnectNetworkAsync(connect.Network, connect.Container, connect.Endpoint, token).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(WaitOperation wait, CancellationToken token)
    {
        if (!wait.Required && _failed.ContainsKey(wait.Resource))
        {
            return;
        }

        ContainerWait waits = waiting ?? throw new InvalidOperationException("A plan with waits has something that waits.");
        try
        {
            (ContainerSummary container, bool seenByProbe) = await waits.RunAsync(wait, token).ConfigureAwait(false);
            if (wait.Condition == WaitCondition.Ready)
            {
                ready.Report(container, seenByProbe);
            }
        }
        catch (EngineException fault) when (!wait.Required)
        {
            Report(wait, EventPhase.Warning, fault.Message);
        }
    }

    private async Task UnlessOptionalAsync(Operation operation, bool required, Func<Task> call)
    {
        if (!required && Concerned(operation).Any(_failed.ContainsKey))
        {
            return;
        }

        try
        {
            await call().ConfigureAwait(false);
        }
        catch (EngineException fault) when (!required && fault.Id != EngineErrorId.EngineUnreachable)
        {
            foreach (ResourceId container in operation is StartContainerOperation or RunContainerOperation ? Concerned(operation) : [])
            {
                _failed[container] = true;
            }

            Report(operation, EventPhase.Warning, fault.Message);
        }
    }

    private static IReadOnlyList<ResourceId> Concerned(Operation operation) => operation is RunContainerOperation run ? run.Gates : [operation.Resource];

    // If something else removed it in the meantime, the goal of this step is reached.
    private async Task UnlessGoneAsync(Func<Task> call, Operation operation)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.IsNotFound)
        {
            Report(operation, EventPhase.Working, "already removed");
        }
        catch (EngineException fault) when (
            operation.Kind is OperationKind.RemoveVolume or OperationKind.RemoveImage
            && (fault.IsConflict || fault.StatusCode == 403))
        {
            string users = operation is RemoveImageOperation image ? await UsersAsync(image.Image).ConfigureAwait(false) : "";
            Report(operation, EventPhase.Warning, users.Length == 0 ? "still in use, kept" : $"still used by {users}, kept");
        }
    }

    // The engine names only one of them, by its id.
    private async Task<string> UsersAsync(string image)
    {
        using var limit = new CancellationTokenSource(UsersLimit);
        string? id = (await engine.InspectImageAsync(image, limit.Token).ConfigureAwait(false))?.Id;
        IReadOnlyList<ContainerSummary> containers = await engine.ListContainersAsync([], limit.Token).ConfigureAwait(false);
        return string.Join(", ", containers.Where(container => container.ImageId == id).Select(container => container.Name).Order(StringComparer.Ordinal));
    }

    private EngineException Explain(Operation operation, EngineException fault) =>
        fault.StatusCode is null
            ? fault
            : RefusedCall.Explain(operation, fault, mask);

    private void Report(Operation operation, EventPhase phase, string status) => events.Report(new EngineEvent
    {
        Resource = operation.Resource,
        Phase = phase,
        Status = status,
        Service = operation.Service,
    });
}
