using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Errors;

namespace ComposeLab.Volumes;

/// <summary>The containers that use a volume.</summary>
/// <param name="Volume">The volume's name.</param>
/// <param name="Project">The stack of the command.</param>
/// <param name="All">All containers that mount it, running or not.</param>
internal sealed record VolumeUsers(string Volume, string Project, IReadOnlyList<ContainerSummary> All)
{
    /// <summary>The running containers that can write to it.</summary>
    public IReadOnlyList<ContainerSummary> Writers => field ??=
    [
        .. All.Where(container => container.State is ContainerState.Running or ContainerState.Paused or ContainerState.Restarting
            && container.Mounts.Any(mount => mount.Name == Volume && mount.Writable)),
    ];

    /// <summary>Those of them that belong to the stack.</summary>
    public IReadOnlyList<ContainerSummary> WritersOfStack => [.. Writers.Where(container => container.Labels.GetValueOrDefault(StackLabels.Project) == Project)];

    /// <summary>Finds the containers.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="volume">The volume's name.</param>
    /// <param name="project">The stack of the command.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The containers.</returns>
    public static async Task<VolumeUsers> ReadAsync(IEngine engine, string volume, string project, CancellationToken token)
    {
        IReadOnlyList<ContainerSummary> containers = await engine.ListContainersAsync([], token).ConfigureAwait(false);
        return new VolumeUsers(volume, project, [.. containers.Where(container => container.Mounts.Any(mount => mount.Name == volume)).OrderBy(container => container.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Checks that nothing can write to the volume during a copy.</summary>
    /// <param name="stopsStack">Whether the containers of the stack are stopped for the copy.</param>
    /// <exception cref="LabException">ResourceInUse.</exception>
    public void RequireNoWriter(bool stopsStack)
    {
        if (Writers.FirstOrDefault(container => !stopsStack || !WritersOfStack.Contains(container)) is { } writer)
        {
            bool isOwn = WritersOfStack.Contains(writer);
            throw new LabException(
                LabErrorId.ResourceInUse,
                $"{writer.Name} is running and can write to volume '{Volume}', so a copy would not be consistent.",
                isOwn ? "Use -StopService to stop it for the copy, or -Force to copy anyway" : "Stop it, or use -Force to copy anyway",
                Volume);
        }
    }

    /// <summary>Stops containers, does something, and starts them again in any case.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="containers">The containers.</param>
    /// <param name="work">The work.</param>
    /// <param name="say">Receives what happens.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The result of the work.</returns>
    public static async Task<T> WhileStoppedAsync<T>(IEngine engine, IReadOnlyList<ContainerSummary> containers, Func<Task<T>> work, Action<string> say, CancellationToken token)
    {
        try
        {
            await Task.WhenAll(containers.Select(async container =>
            {
                await engine.StopContainerAsync(container.Id, null, token).ConfigureAwait(false);
                say($"{container.Name}: stopped");
            })).ConfigureAwait(false);
            return await work().ConfigureAwait(false);
        }
        finally
        {
            // Also after Ctrl-C: the services were running before.
            await Task.WhenAll(containers.Select(async container =>
            {
                await engine.StartContainerAsync(container.Id, CancellationToken.None).ConfigureAwait(false);
                say($"{container.Name}: started");
            })).ConfigureAwait(false);
        }
    }
}
