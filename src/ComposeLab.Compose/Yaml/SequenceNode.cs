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

    private SequenceNode(Node[] items, Origin origin)
        : base(origin) => _items = items;

    /// <summary>The values in order.</summary>
    public IReadOnlyList<Node> Items => _items;

    /// <summary>The number of values.</summary>
    public int Count => _items.Length;

    /// <summary>A copy with a function applied to every value.</summary>
    /// <param name="change">Returns the new value; null removes the item.</param>
    /// <returns>The changed copy, or this list when nothing changed.</returns>
    public SequenceNode Select(Func<Node, Node?> change)
    {
        Node[]? changed = null;
        int kept = 0;
        for (int index = 0; index < _items.Length; index++)
        {
            Node? item = change(_items[index]);
            if (changed is null && !ReferenceEquals(item, _items[index]))
            {
                changed = new Node[_items.Length];
                _items.AsSpan(0, index).CopyTo(changed);
                kept = index;
            }

            if (changed is not null && item is not null)
            {
                changed[kept++] = item;
            }
        }

        return changed is null ? this : Of(kept == changed.Length ? changed : changed[..kept], Origin);
    }

    /// <summary>Creates a list without copying its values.</summary>
    /// <param name="items">The values. The array must not be changed later.</param>
    /// <param name="origin">Where the list was written.</param>
    internal static SequenceNode Of(Node[] items, Origin origin) => new(items, origin);

    /// <inheritdoc/>
    public override Node WithOrigin(Origin origin) => Of(_items, origin);
}
