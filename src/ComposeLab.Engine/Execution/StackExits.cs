using System.Runtime.CompilerServices;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>Reports the containers of a stack that exit. One-off containers are ignored.</summary>
/// <param name="engine">The engine.</param>
/// <param name="projectName">The project's name.</param>
/// <param name="services">The services; empty for all.</param>
public sealed class StackExits(IEngine engine, string projectName, IReadOnlyList<string> services)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Reports each container once when it has exited; containers that have already exited come first. A container that is being restarted has not
    /// exited.</summary>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>The containers in the order of their exits, until none is running any more.</returns>
    public async IAsyncEnumerable<ObservedContainer> ReadAsync([EnumeratorCancellation] CancellationToken token)
    {
        await using var watch = new StackWatch(engine, projectName, token);
        HashSet<string> told = new(StringComparer.Ordinal);
        while (true)
        {
            Task changed = watch.Changed;
            ObservedContainer[] all = [.. (await watch.ListAsync(token).ConfigureAwait(false)).Select(summary => new ObservedContainer(summary)).Where(IsMeant)];
            ObservedContainer[] ended = [.. all.Where(container => container.Summary.State is ContainerState.Exited or ContainerState.Dead && told.Add(container.Id))];
            foreach (ObservedContainer container in ended.Length > 1 ? await InOrderAsync(ended, token).ConfigureAwait(false) : ended)
            {
                yield return container;
            }

            if (!all.Any(container => container.IsRunning))
            {
                yield break;
            }

            await StackWatch.NextAsync(changed, Pause, token).ConfigureAwait(false);
        }
    }

    private bool IsMeant(ObservedContainer container) =>
        !container.IsOneOff && container.ConfigHash.Length > 0 && (services.Count == 0 || services.Contains(container.Service, StringComparer.Ordinal));

    private async Task<IEnumerable<ObservedContainer>> InOrderAsync(ObservedContainer[] containers, CancellationToken token)
    {
        ContainerDetails?[] details = await Task.WhenAll(containers.Select(container => engine.InspectContainerAsync(container.Id, token))).ConfigureAwait(false);
        return containers.Zip(details).OrderBy(pair => pair.Second?.Ended ?? DateTimeOffset.MaxValue).Select(pair => pair.First);
    }
}
