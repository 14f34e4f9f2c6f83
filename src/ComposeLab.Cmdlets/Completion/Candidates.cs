namespace ComposeLab.Completion;

/// <summary>What may stand at the cursor, gathered by one thread and read by another that has no time to wait for the end.</summary>
internal sealed class Candidates
{
    private readonly object _gate = new();
    private readonly List<string> _names = [];

    /// <summary>Adds names; those that are there already are left out.</summary>
    /// <param name="names">In the order to offer them.</param>
    public void Add(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            lock (_gate)
            {
                if (!_names.Contains(name, StringComparer.Ordinal))
                {
                    _names.Add(name);
                }
            }
        }
    }

    /// <summary>What has been found so far.</summary>
    /// <returns>A copy, in the order to offer it.</returns>
    public IReadOnlyList<string> SoFar()
    {
        lock (_gate)
        {
            return [.. _names];
        }
    }
}
