using System.Globalization;
using System.Text;

namespace ComposeLab.Compose.Units;

/// <summary>A duration in nanoseconds, in the notation of the specification (<c>1h30m</c>, <c>1.5s</c>, <c>2w3d</c>).</summary>
/// <param name="Nanoseconds">Length in nanoseconds; may be negative.</param>
internal readonly record struct GoDuration(long Nanoseconds)
{
    private const long Second = 1_000_000_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    public static bool TryParse(string text, out GoDuration duration)
    {
        duration = default;
        ReadOnlySpan<char> rest = text;
        bool negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return true;
        }

        if (rest.IsEmpty)
        {
            return false;
        }

        decimal total = 0;
        while (!rest.IsEmpty)
        {
            int digits = Span(rest, c => char.IsAsciiDigit(c) || c == '.');
            ReadOnlySpan<char> number = rest[..digits];
            rest = rest[digits..];
            int letters = Span(rest, c => !char.IsAsciiDigit(c) && c != '.');
            if (!number.ContainsAnyInRange('0', '9')
                || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
                || UnitOf(rest[..letters]) is not { } unit)
            {
                return false;
            }

            rest = rest[letters..];
            if (amount > long.MaxValue / unit || (total += amount * unit) > long.MaxValue)
            {
                return false;
            }
        }

        duration = new GoDuration((long)(negative ? -total : total));
        return true;
    }

    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanoseconds / 100);

    /// <summary>The notation of the reference: <c>1h30m0s</c>, <c>1.5s</c>, <c>300ms</c>, <c>0s</c>.</summary>
    public override string ToString()
    {
        if (Nanoseconds == 0)
        {
            return "0s";
        }

        var text = new StringBuilder(Nanoseconds < 0 ? "-" : "");
        ulong left = Nanoseconds < 0 ? (ulong)-(Nanoseconds + 1) + 1 : (ulong)Nanoseconds;
        if (left < Second)
        {
            (ulong unit, string name) = left < 1_000 ? (1UL, "ns") : left < 1_000_000 ? (1_000UL, "µs") : (1_000_000UL, "ms");
            return text.Append(Decimal(left, unit)).Append(name).ToString();
        }

        if (left >= Hour)
        {
            text.Append(CultureInfo.InvariantCulture, $"{left / Hour}h");
        }

        if (left >= Minute)
        {
            text.Append(CultureInfo.InvariantCulture, $"{left / Minute % 60}m");
        }

        return text.Append(Decimal(left % Minute, Second)).Append('s').ToString();
    }

    private static string Decimal(ulong amount, ulong unit) =>
        ((decimal)amount / unit).ToString("0.#########", CultureInfo.InvariantCulture);

    private static long? UnitOf(ReadOnlySpan<char> name) => name switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => Second,
        "m" => Minute,
        "h" => Hour,
        "d" => 24 * Hour,
        "w" => 7 * 24 * Hour,
        _ => null,
    };

    private static int Span(ReadOnlySpan<char> text, Func<char, bool> holds)
    {
        int length = 0;
        while (length < text.Length && holds(text[length]))
        {
            length++;
        }

        return length;
    }
}
