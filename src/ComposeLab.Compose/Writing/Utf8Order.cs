namespace ComposeLab.Compose.Writing;

/// <summary>Orders text by its UTF-8 bytes, which is code point order: UTF-16 comparison differs above the basic plane.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    /// <summary>The one comparer.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return x is null ? (y is null ? 0 : -1) : 1;
        }

        var length = Math.Min(x.Length, y.Length);
        for (var index = 0; index < length; index++)
        {
            var (left, right) = (x[index], y[index]);
            if (left != right)
            {
                var surrogates = char.IsSurrogate(left).CompareTo(char.IsSurrogate(right));
                return surrogates != 0 ? surrogates : left.CompareTo(right);
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
