using System.Text;

namespace ComposeLab.Compose.Writing;

/// <summary>
/// The order in which the reference's YAML library prints free keys: natural order. Numbers compare by value, other
/// signs come before letters; directly after a digit, letters come first.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The comparer.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        Rune[] left = [.. (x ?? "").EnumerateRunes()], right = [.. (y ?? "").EnumerateRunes()];
        var common = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var (leftIsLetter, rightIsLetter) = (Rune.IsLetter(left[common]), Rune.IsLetter(right[common]));
        if (leftIsLetter != rightIsLetter)
        {
            var lettersFirst = common > 0 && Rune.IsDigit(left[common - 1]);
            return leftIsLetter == lettersFirst ? -1 : 1;
        }

        return leftIsLetter ? left[common].CompareTo(right[common]) : CompareNumbers(left, right, common);
    }

    private static int CompareNumbers(Rune[] left, Rune[] right, int from)
    {
        // A zero inside a number must not look like the beginning of a smaller one.
        var inside = (left[from].Value == '0' || right[from].Value == '0') && IsInsideNumber(left, from);
        var (leftValue, leftEnd) = Number(left, from, inside);
        var (rightValue, rightEnd) = Number(right, from, inside);
        var byValue = leftValue.CompareTo(rightValue);
        var byLength = leftEnd.CompareTo(rightEnd);
        return byValue != 0 ? byValue : byLength != 0 ? byLength : left[from].CompareTo(right[from]);
    }

    private static bool IsInsideNumber(Rune[] text, int at)
    {
        var digits = text.Take(at).Reverse().TakeWhile(Rune.IsDigit);
        return digits.Any(digit => digit.Value != '0');
    }

    private static (long Value, int End) Number(Rune[] text, int from, bool inside)
    {
        var value = inside ? 1L : 0L;
        var end = from;
        for (; end < text.Length && Rune.IsDigit(text[end]); end++)
        {
            value = unchecked((value * 10) + (text[end].Value - '0'));
        }

        return (value, end);
    }
}

/// <summary>Orders text by its UTF-8 bytes, which is code point order: UTF-16 comparison differs above the basic plane.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    /// <summary>The comparer.</summary>
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
