namespace ComposeLab.Compose.Yaml;

/// <summary>A list of values.</summary>
public sealed class SequenceNode : Node
{
    private readonly Node[] _items;

    /// <summary>Creates a list.</summary>
    /// <param name="items">The values in order.</param>
    /// <param name="origin">Where the list was written.</param>
    public SequenceNode(IEnumerable<Node> items, Origin origin)
        : base(origin) => _items = items.ToArray();

    /// <summary>The values in order.</summary>
    public IReadOnlyList<Node> Items => _items;

    /// <summary>The number of values.</summary>
    public int Count => _items.Length;

    /// <summary>A copy with a function applied to every value.</summary>
    /// <param name="change">Returns the new value; null removes the item.</param>
    /// <returns>The changed copy, or this list when nothing changed.</returns>
    public SequenceNode Select(Func<Node, Node?> change)
    {
        List<Node>? changed = null;
        for (int index = 0; index < _items.Length; index++)
        {
            Node? item = change(_items[index]);
            if (changed is null && !ReferenceEquals(item, _items[index]))
            {
                changed = new List<Node>(_items.Length);
                changed.AddRange(_items.AsSpan(0, index));
            }

            if (item is not null)
            {
                changed?.Add(item);
            }
        }

        return changed is null ? this : new SequenceNode(changed, Origin);
    }

    /// <inheritdoc/>
    public override Node WithOrigin(Origin origin) => new SequenceNode(_items, origin);
}
