using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Watching;

/// <summary>What changed files mean for the services that watch them.</summary>
/// <param name="Rebuilt">The services to rebuild.</param>
/// <param name="Synced">The files to copy or delete, by service.</param>
/// <param name="Restarted">The services to restart.</param>
/// <param name="Executed">The commands to run, by service; each once.</param>
public sealed record WatchBatch(
    IReadOnlyList<string> Rebuilt,
    IReadOnlyDictionary<string, IReadOnlyList<SyncedPath>> Synced,
    IReadOnlyList<string> Restarted,
    IReadOnlyDictionary<string, IReadOnlyList<HookDefinition>> Executed)
{
    /// <summary>Finds out what to do.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="paths">The absolute paths that changed, each once.</param>
    /// <returns>The actions. A service that is rebuilt gets the files with its new image, so nothing else is done to it.</returns>
    public static WatchBatch Of(IReadOnlyList<WatchRule> rules, IReadOnlyCollection<string> paths)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(paths);
        var rebuilt = new SortedSet<string>(StringComparer.Ordinal);
        var restarted = new SortedSet<string>(StringComparer.Ordinal);
        var synced = new SortedDictionary<string, Dictionary<string, SyncedPath>>(StringComparer.Ordinal);
        var executed = new SortedDictionary<string, List<HookDefinition>>(StringComparer.Ordinal);
        foreach (WatchRule rule in rules)
        {
            string[] own = [.. paths.Where(rule.IsAbout)];
            if (own.Length == 0)
            {
                continue;
            }

            if (rule.Action.HasFlag(WatchAction.Rebuild))
            {
                rebuilt.Add(rule.Service);
            }

            if (rule.Action.HasFlag(WatchAction.Restart))
            {
                restarted.Add(rule.Service);
            }

            if (rule.Action.HasFlag(WatchAction.Exec))
            {
                Of(executed, rule.Service).Add(rule.Exec!);
            }

            foreach (string path in rule.Action.HasFlag(WatchAction.Sync) ? own : [])
            {
                var file = new SyncedPath(path, rule.InContainer(path));
                Of(synced, rule.Service)[file.Target] = file;
            }
        }

        restarted.ExceptWith(rebuilt);
        return new WatchBatch(
            [.. rebuilt],
            synced.Where(entry => !rebuilt.Contains(entry.Key)).ToDictionary(
                entry => entry.Key, IReadOnlyList<SyncedPath> (entry) => [.. entry.Value.Values.OrderBy(file => file.Target, StringComparer.Ordinal)], StringComparer.Ordinal),
            [.. restarted],
            executed.Where(entry => !rebuilt.Contains(entry.Key)).ToDictionary(entry => entry.Key, IReadOnlyList<HookDefinition> (entry) => entry.Value, StringComparer.Ordinal));
    }

    private static T Of<T>(IDictionary<string, T> map, string key)
        where T : new() => map.TryGetValue(key, out T? value) ? value : map[key] = new T();
}

/// <summary>A file or folder to copy to containers, or to delete there if it no longer exists.</summary>
/// <param name="Source">The absolute path on this machine.</param>
/// <param name="Target">The absolute path in the containers.</param>
public sealed record SyncedPath(string Source, string Target);
