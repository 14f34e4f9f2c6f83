using System.Collections.Concurrent;
using System.Globalization;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Executes the steps of a plan for a swarm.</summary>
/// <param name="engine">A manager.</param>
/// <param name="images">Knows the user's credentials.</param>
/// <param name="stack">The stack.</param>
/// <param name="differingSecrets">Receives the names of secrets whose content differs from the project.</param>
/// <param name="events">Receives the progress.</param>
/// <param name="time">Measures limits and pauses.</param>
internal sealed class SwarmOperationRunner(
    IEngine engine, IImageSource images, string stack, ConcurrentDictionary<string, bool> differingSecrets, IEngineEvents events, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(30);

    private readonly RolloutWait _rollouts = new(engine, stack, events, time);

    // All services that one run changes get the same mark; a later one is greater.
    private readonly string _deployment = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);

    // The ids of the configs and secrets that this plan created: they fill the references of services.
    private readonly ConcurrentDictionary<ResourceId, string> _created = new();

    /// <summary>Runs one step.</summary>
    /// <param name="operation">The step.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it has succeeded.</returns>
    public Task RunAsync(SwarmOperation operation, CancellationToken token) => operation switch
    {
        CreateSwarmFileOperation create => CreateAsync(create, token),
        UpdateSecretOperation update => UpdateAsync(update, token),
        RemoveSwarmFileOperation remove => RemoveAsync(remove, token),
        CreateServiceOperation create => CreateAsync(create, token),
        UpdateServiceOperation update => UpdateAsync(update, token),
        RollbackServiceOperation rollback => RollbackAsync(rollback, token),
        RemoveServiceOperation remove => UnlessGoneAsync(() => engine.RemoveServiceAsync(remove.ServiceId, token)),
        RemoveOverlayOperation remove => RemoveAsync(remove, token),
        WaitTasksGoneOperation wait => WaitAsync(wait, token),
        WaitServiceOperation wait => _rollouts.RunAsync(wait, token),
        _ => throw new InvalidOperationException($"No call is known for {operation.GetType().Name}."),
    };

    private async Task CreateAsync(CreateSwarmFileOperation create, CancellationToken token) => _created[create.Resource] = create.Resource.Kind == ResourceKind.Secret
        ? await engine.CreateSecretAsync(create.Spec, token).ConfigureAwait(false)
        : await engine.CreateConfigAsync(create.Spec, token).ConfigureAwait(false);

    private async Task UpdateAsync(UpdateSecretOperation update, CancellationToken token)
    {
        try
        {
            await engine.UpdateSecretAsync(update.SecretId, update.Version, update.Spec, token).ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.StatusCode is 400 or 500 && fault.Message.Contains("only updates to Labels", StringComparison.OrdinalIgnoreCase))
        {
            // The next plan creates a new version.
            differingSecrets[update.Spec.Name] = true;
            throw new EngineException(fault.Id, $"The content of secret {update.Spec.Name} differs from the project.", "Run the command again.", fault) { StatusCode = 409 };
        }
    }

    private async Task RemoveAsync(RemoveSwarmFileOperation remove, CancellationToken token)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                await UnlessGoneAsync(() => remove.Resource.Kind == ResourceKind.Secret ? engine.RemoveSecretAsync(remove.FileId, token) : engine.RemoveConfigAsync(remove.FileId, token)).ConfigureAwait(false);
                return;
            }
            catch (EngineException fault) when (IsInUse(fault) && (remove.KeepIfUsed || time.GetElapsedTime(begun) < ReleaseLimit))
            {
                if (remove.KeepIfUsed)
                {
                    return;
                }

                await Task.Delay(Pause, time, token).ConfigureAwait(false);
            }
        }
    }

    private async Task CreateAsync(CreateServiceOperation create, CancellationToken token)
    {
        RegistryCredential? credential = await CredentialAsync(create.CredentialOf, token).ConfigureAwait(false);
        ContainerCreated made = await OnNetworksAsync(create.Spec, () => engine.CreateServiceAsync(Filled(create.Spec, isDeployment: true), credential, token), token).ConfigureAwait(false);
        Warn(create, made.Warnings);
    }

    private async Task UpdateAsync(UpdateServiceOperation update, CancellationToken token)
    {
        RegistryCredential? credential = await CredentialAsync(update.CredentialOf, token).ConfigureAwait(false);
        Warn(update, await OnNetworksAsync(update.Spec, () => engine.UpdateServiceAsync(update.ServiceId, update.Version, Filled(update.Spec, update.IsDeployment), credential, token), token).ConfigureAwait(false));
    }

    // Another tool returns from the removal of a stack before its networks are gone: nodes still list them, and the swarm does not know them any more. When they are gone, the
    // next plan creates them.
    private async Task<T> OnNetworksAsync<T>(SwarmServiceSpec spec, Func<Task<T>> call, CancellationToken token)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.StatusCode is 400 or 404 or 500 && fault.Message.Contains("network", StringComparison.Ordinal) && fault.Message.Contains("not found", StringComparison.Ordinal))
        {
            HashSet<string> names = [.. (spec.TaskTemplate.Networks ?? []).Select(network => network.Target).Where(name => fault.Message.Contains($"network {name} ", StringComparison.Ordinal))];
            long begun = time.GetTimestamp();
            while (time.GetElapsedTime(begun) < ReleaseLimit && (await engine.ListNetworksAsync([], token).ConfigureAwait(false)).Any(network => names.Contains(network.Name)))
            {
                await Task.Delay(Pause, time, token).ConfigureAwait(false);
            }

            throw new EngineException(fault.Id, fault.Message, fault.Recommendation, fault) { StatusCode = 409 };
        }
    }

    private async Task RollbackAsync(RollbackServiceOperation rollback, CancellationToken token) =>
        Warn(rollback, await engine.RollbackServiceAsync(rollback.ServiceId, rollback.Version, rollback.Spec, token).ConfigureAwait(false));

    private Task<RegistryCredential?> CredentialAsync(string? image, CancellationToken token) =>
        image is null ? Task.FromResult<RegistryCredential?>(null) : images.CredentialAsync(image, token);

    private SwarmServiceSpec Filled(SwarmServiceSpec spec, bool isDeployment)
    {
        SwarmContainerSpec container = spec.TaskTemplate.ContainerSpec!;
        return spec with
        {
            Labels = isDeployment ? new Dictionary<string, string>(spec.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [SwarmLabels.Deployment] = _deployment } : spec.Labels,
            TaskTemplate = spec.TaskTemplate with
            {
                ContainerSpec = container with
                {
                    Secrets = container.Secrets is { } secrets ? [.. secrets.Select(use => use.Id is null ? use with { Id = _created[ResourceId.Secret(use.Name!)] } : use)] : null,
                    Configs = container.Configs is { } configs ? [.. configs.Select(use => use.Id is null ? use with { Id = _created[ResourceId.Config(use.Name!)] } : use)] : null,
                },
            },
        };
    }

    // The removal of a network is accepted before it happens. Whoever deploys right after must not find half of it.
    private async Task RemoveAsync(RemoveOverlayOperation remove, CancellationToken token)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                await UnlessGoneAsync(() => engine.RemoveNetworkAsync(remove.NetworkId, token)).ConfigureAwait(false);
            }
            catch (EngineException fault) when (IsInUse(fault) && time.GetElapsedTime(begun) < remove.Limit)
            {
            }

            if ((await engine.ListNetworksAsync([], token).ConfigureAwait(false)).All(network => network.Id != remove.NetworkId))
            {
                return;
            }

            if (time.GetElapsedTime(begun) >= remove.Limit)
            {
                throw new EngineException(EngineErrorId.TimedOut, $"Network {remove.Resource.Name} was not removed within {remove.Limit.TotalSeconds:0} seconds.", "Run the command again");
            }

            await Task.Delay(Pause, time, token).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(WaitTasksGoneOperation wait, CancellationToken token)
    {
        long begun = time.GetTimestamp();
        HashSet<string> services = [.. wait.ServiceIds];
        long most = 0;
        while (true)
        {
            Task<IReadOnlyList<SwarmNode>> reading = engine.ListNodesAsync(token);
            IReadOnlyList<SwarmTask> tasks = await engine.ListTasksAsync([], upToDate: false, token).ConfigureAwait(false);

            // A node that is down reports nothing more.
            HashSet<string> down = [.. (await reading.ConfigureAwait(false)).Where(node => node.Status.State == "down").Select(node => node.Id)];
            int left = tasks.Count(task => services.Contains(task.ServiceId) && !task.HasEnded && task.NodeId.Length > 0 && !down.Contains(task.NodeId));
            most = Math.Max(most, left);
            events.Report(new EngineEvent { Resource = wait.Resource, Phase = EventPhase.Working, Status = $"{left} tasks left", Current = most - left, Total = most });
            if (left == 0)
            {
                return;
            }

            if (time.GetElapsedTime(begun) >= wait.Limit)
            {
                throw new EngineException(EngineErrorId.TimedOut, $"{left} tasks of the stack did not end within {wait.Limit.TotalSeconds:0} seconds.", "Run the command again to remove the networks");
            }

            await Task.Delay(Pause, time, token).ConfigureAwait(false);
        }
    }

    private void Warn(SwarmOperation operation, IReadOnlyList<string> warnings)
    {
        foreach (string warning in warnings)
        {
            events.Report(new EngineEvent { Resource = operation.Resource, Phase = EventPhase.Warning, Status = warning, Service = operation.Service });
        }
    }

    private static bool IsInUse(EngineException fault) =>
        fault.StatusCode is 400 or 403 or 409 or 500 && (fault.Message.Contains("in use", StringComparison.Ordinal) || fault.Message.Contains("active endpoints", StringComparison.Ordinal));

    private static async Task UnlessGoneAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (EngineException fault) when (fault.IsNotFound)
        {
            // What should be gone is gone.
        }
    }
}
