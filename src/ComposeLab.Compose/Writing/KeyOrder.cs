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
        ReadOnlySpan<char> left = x, right = y;
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        if (common > 0 && char.IsHighSurrogate(left[common - 1]))
        {
            common--;
        }

        Rune leftSign = At(left, common), rightSign = At(right, common);
        var (leftIsLetter, rightIsLetter) = (Rune.IsLetter(leftSign), Rune.IsLetter(rightSign));
        if (leftIsLetter != rightIsLetter)
        {
            bool lettersFirst = common > 0 && Rune.IsDigit(Before(left, common));
            return leftIsLetter == lettersFirst ? -1 : 1;
        }

        return leftIsLetter ? leftSign.CompareTo(rightSign) : CompareNumbers(left, right, common);
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int from)
    {
        // A zero inside a number must not look like the beginning of a smaller one.
        bool inside = (left[from] == '0' || right[from] == '0') && IsInsideNumber(left[..from]);
        var (leftValue, leftDigits) = Number(left[from..], inside);
        var (rightValue, rightDigits) = Number(right[from..], inside);
        int byValue = leftValue.CompareTo(rightValue);
        int byLength = leftDigits.CompareTo(rightDigits);
        return byValue != 0 ? byValue : byLength != 0 ? byLength : At(left, from).CompareTo(At(right, from));
    }

    private static bool IsInsideNumber(ReadOnlySpan<char> before)
    {
        while (before.Length > 0 && Before(before, before.Length) is var sign && Rune.IsDigit(sign))
        {
            if (sign.Value != '0')
            {
                return true;
            }

            before = before[..^sign.Utf16SequenceLength];
        }

        return false;
    }

    private static (long Value, int Digits) Number(ReadOnlySpan<char> text, bool inside)
    {
        long value = inside ? 1 : 0;
        int digits = 0;
        while (text.Length > 0 && At(text, 0) is var sign && Rune.IsDigit(sign))
        {
            value = unchecked((value * 10) + (sign.Value - '0'));
            digits++;
            text = text[sign.Utf16SequenceLength..];
        }

        return (value, digits);
    }

    private static Rune At(ReadOnlySpan<char> text, int index)
    {
        Rune.DecodeFromUtf16(text[index..], out Rune sign, out _);
        return sign;
    }

    private static Rune Before(ReadOnlySpan<char> text, int index)
    {
        Rune.DecodeLastFromUtf16(text[..index], out Rune sign, out _);
        return sign;
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
