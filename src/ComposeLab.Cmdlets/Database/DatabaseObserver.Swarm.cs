using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Stacks;
using ComposeLab.Swarm;

namespace ComposeLab.Database;

/// <content>The containers of a swarm stack: they are observed on the node of the database.</content>
internal sealed partial class DatabaseObserver
{
    // The services whose tasks run on other nodes only.
    private readonly HashSet<string> _elsewhere = new(StringComparer.Ordinal);

    // A stack without containers of its own may be a deployment of a swarm.
    private async Task<IReadOnlyList<ObservedContainer>> ListAsync(IEngine engine, CancellationToken token)
    {
        var observer = new StackObserver(engine);
        IReadOnlyList<ObservedContainer> all = await observer.ContainersAsync(project.Name, token).ConfigureAwait(false);
        if (all.Count > 0)
        {
            return all;
        }

        IReadOnlyList<ObservedContainer> tasks = await observer.TaskContainersAsync(project.Name, token).ConfigureAwait(false);
        if (tasks.All(task => task.Node is null))
        {
            return tasks;
        }

        string node = (await engine.DescribeAsync(token).ConfigureAwait(false)).SwarmNodeId;
        ObservedContainer[] here = [.. tasks.Where(task => task.Node is null || task.Node.Id == node)];
        _elsewhere.UnionWith(tasks.Where(task => task.IsRunning).Select(task => task.Service).Except(here.Select(task => task.Service)));
        return here;
    }

    // The engine of the node on which the database runs; null if that is the selected engine.
    private async Task<EngineSession?> OpenNodeAsync(IEngine engine, CancellationToken token)
    {
        if (!servers.Any(server => _elsewhere.Contains(server.Name)))
        {
            return null;
        }

        IReadOnlyList<ObservedContainer> tasks = await new StackObserver(engine).TaskContainersAsync(project.Name, token).ConfigureAwait(false);
        ObservedContainer task = tasks.First(task => task.IsRunning && servers.Any(server => server.Name == task.Service));
        EngineSession session = await NodeEngines.OpenAsync(engine, task.Node!, token).ConfigureAwait(false) ?? throw RunningContainer.Elsewhere(task);
        _elsewhere.Clear();
        _elsewhere.UnionWith(tasks.Where(other => other.IsRunning).Select(other => other.Service)
            .Except(tasks.Where(other => other.Node?.Id == task.Node!.Id).Select(other => other.Service)));
        return session;
    }

    private IEnumerable<ServiceDefinition> Apps => apps.Where(app => !_elsewhere.Contains(app.Name));
}
