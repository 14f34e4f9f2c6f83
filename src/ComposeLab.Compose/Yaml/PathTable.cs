namespace ComposeLab.Compose.Yaml;

/// <summary>
/// Rules keyed by path patterns such as <c>services.*.ports.[]</c>: <c>*</c> stands for any key, <c>[]</c> for any item of a list.
/// A walk over a tree moves through the table step by step, so that finding the rule of a node costs one lookup.
/// </summary>
/// <typeparam name="T">The rules.</typeparam>
public sealed class PathTable<T>
    where T : class
{
    private const string Any = "*";
    private const string Item = "[]";

    private readonly Dictionary<string, PathTable<T>> _next = new(StringComparer.Ordinal);

    /// <summary>Makes a table.</summary>
    /// <param name="rules">Patterns and their rules.</param>
    public PathTable(IEnumerable<(string Pattern, T Rule)> rules)
    {
        foreach ((string pattern, T rule) in rules)
        {
            PathTable<T> step = this;
            foreach (string part in pattern.Split('.'))
            {
                if (!step._next.TryGetValue(part, out PathTable<T>? next))
                {
                    step._next[part] = next = new PathTable<T>([]);
                }

                step = next;
            }

            step.Rule = rule;
        }
    }

    /// <summary>The rule of the place the walk has reached; null when there is none.</summary>
    public T? Rule { get; private set; }

    /// <summary>The table as seen from a key below; null when no pattern goes there.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The next step.</returns>
    public PathTable<T>? Below(string key) =>
        _next.TryGetValue(key, out PathTable<T>? next) ? next : _next.GetValueOrDefault(Any);

    /// <summary>The table as seen from an item of a list; null when no pattern goes there.</summary>
    /// <returns>The next step.</returns>
    public PathTable<T>? BelowItem() =>
        _next.TryGetValue(Item, out PathTable<T>? next) ? next : _next.GetValueOrDefault(Any);
}
