using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposeLab.Database.Queries;

/// <summary>
/// Converts the server's text of a value to a .NET value. Values that .NET cannot represent (infinity, months, a range, a user-defined type) are kept as the server's text.
/// Numeric columns are read by <see cref="NumberColumn"/>.
/// </summary>
internal static partial class ServerText
{
    private static readonly string[] Moments = ["yyyy-MM-dd HH:mm:ss.FFFFFFzz", "yyyy-MM-dd HH:mm:ss.FFFFFFzzz"];

    // By the server's type number, which does not depend on length or precision: the element type, the array type, and the reader.
    private static readonly (uint Type, uint ArrayType, Type Clr, Func<string, object?> Read)[] Types =
    [
        (16, 1000, typeof(bool), static text => text == "t"),
        (17, 1001, typeof(byte[]), static text => text.StartsWith(@"\x", StringComparison.Ordinal) ? Convert.FromHexString(text.AsSpan(2)) : null),
        (20, 1016, typeof(long), static text => long.Parse(text, CultureInfo.InvariantCulture)),
        (21, 1005, typeof(short), static text => short.Parse(text, CultureInfo.InvariantCulture)),
        (23, 1007, typeof(int), static text => int.Parse(text, CultureInfo.InvariantCulture)),
        (26, 1028, typeof(long), static text => long.Parse(text, CultureInfo.InvariantCulture)),
        (700, 1021, typeof(float), static text => float.Parse(text, CultureInfo.InvariantCulture)),
        (701, 1022, typeof(double), static text => double.Parse(text, CultureInfo.InvariantCulture)),
        (1700, 1231, typeof(decimal), static text => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        (1082, 1182, typeof(DateOnly), static text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null),
        (1083, 1183, typeof(TimeOnly), static text => TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : null),
        (1114, 1115, typeof(DateTime), static text => DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment) ? moment : null),
        (1184, 1185, typeof(DateTimeOffset), static text => DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment) ? moment : null),
        (1186, 1187, typeof(TimeSpan), Span),
        (2950, 2951, typeof(Guid), static text => Guid.Parse(text)),
        (25, 1009, typeof(string), static text => text),
        (1043, 1015, typeof(string), static text => text),
        (1042, 1014, typeof(string), static text => text),
        (19, 1003, typeof(string), static text => text),
        (114, 199, typeof(string), static text => text),
        (3802, 3807, typeof(string), static text => text),
    ];

    /// <summary>Reads a value.</summary>
    /// <param name="type">The server's type number.</param>
    /// <param name="text">Its text.</param>
    /// <returns>The value; an array of one type, or of objects if an element is null; the text itself if .NET has no matching type.</returns>
    public static object Of(uint type, string text)
    {
        foreach ((uint scalar, uint array, Type clr, Func<string, object?> read) in Types)
        {
            if (type == scalar)
            {
                return read(text) ?? text;
            }

            if (type == array)
            {
                return ArrayText.Split(text) is { } elements ? Array(elements, clr, read) : text;
            }
        }

        return text;
    }

    /// <summary>Reads an array of a user-defined type, such as an enum.</summary>
    /// <param name="text">The server's text.</param>
    /// <returns>An array of texts; the text itself if it is not an array.</returns>
    public static object Texts(string text) => ArrayText.Split(text) is { } elements ? Array(elements, typeof(string), static element => element) : text;

    // Further dimensions are arrays of arrays.
    private static Array Array(IReadOnlyList<object?> elements, Type clr, Func<string, object?> read)
    {
        object?[] values = [.. elements.Select(element => element switch { null => null, string text => read(text) ?? text, IReadOnlyList<object?> inner => Array(inner, clr, read), _ => element })];
        Type? inner = values.Length > 0 && values[0] is Array first && values.All(first.GetType().IsInstanceOfType) ? first.GetType() : null;
        Type one = inner ?? clr;
        if (!values.All(one.IsInstanceOfType))
        {
            return values;
        }

        var typed = System.Array.CreateInstance(one, values.Length);
        System.Array.Copy(values, typed, values.Length);
        return typed;
    }

    private static object? Span(string text)
    {
        if (Interval().Match(text) is not { Success: true, Length: > 0 } match)
        {
            return null;
        }

        try
        {
            var days = new TimeSpan(Whole(match.Groups["days"]), 0, 0, 0);
            var time = new TimeSpan(0, Whole(match.Groups["hours"]), Whole(match.Groups["minutes"]), Whole(match.Groups["seconds"]))
                + TimeSpan.FromMicroseconds(Whole(match.Groups["micros"].Value.PadRight(6, '0')));
            return match.Groups["sign"].Value == "-" ? days - time : days + time;
        }
        catch (Exception large) when (large is OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static int Whole(Group group) => group.Success ? Whole(group.Value) : 0;

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?:(?<days>-?\d+) days? ?)?(?:(?<sign>-?)(?<hours>\d+):(?<minutes>\d\d):(?<seconds>\d\d)(?:\.(?<micros>\d{1,6}))?)?$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Interval();
}
