using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Errors;

namespace ComposeLab.Database.Queries;

/// <summary>
/// Reads a column of numeric values, or of arrays of them, so that every value has the same type: decimal, or text if the declared precision exceeds that of
/// a decimal.
/// </summary>
internal sealed partial class NumberColumn
{
    private const uint ArrayType = 1231;
    private const int DecimalDigits = 28;

    private readonly string _name;
    private readonly bool _isArray;
    private readonly bool _isText;

    /// <summary>Reads the declaration.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="type">The server's number for the type.</param>
    /// <param name="declared">The type in SQL notation, such as <c>numeric(40,2)</c>.</param>
    public NumberColumn(string name, uint type, string declared)
    {
        _name = name;
        _isArray = type == ArrayType;
        _isText = Precision().Match(declared) is { Success: true } precision && int.Parse(precision.Groups["digits"].ValueSpan, CultureInfo.InvariantCulture) > DecimalDigits;
    }

    /// <summary>Whether a value was rounded because it had more digits than a decimal supports.</summary>
    public bool HasRounded { get; private set; }

    /// <summary>Whether a type is numeric or an array of it.</summary>
    /// <param name="type">The server's number for the type.</param>
    /// <returns>True if it is.</returns>
    public static bool IsNumeric(uint type) => type is 1700 or ArrayType;

    /// <summary>Reads a value.</summary>
    /// <param name="text">The server's text.</param>
    /// <returns>A decimal, a text, or an array.</returns>
    /// <exception cref="LabException">QueryFailed: the value is not a decimal: NaN, an infinity, or too large.</exception>
    public object Read(string text)
    {
        if (!_isArray)
        {
            return _isText ? text : Number(text);
        }

        if (_isText)
        {
            return ServerText.Texts(text);
        }

        foreach (string element in Flat(ArrayText.Split(text) ?? []))
        {
            Number(element);
        }

        return ServerText.Of(ArrayType, text);
    }

    private static IEnumerable<string> Flat(IEnumerable<object?> elements) => elements.SelectMany(element => element switch
    {
        string text => [text],
        IReadOnlyList<object?> inner => Flat(inner),
        _ => Enumerable.Empty<string>(),
    });

    private decimal Number(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            throw new LabException(
                LabErrorId.QueryFailed,
                $"Column '{_name}' contains {(text.Length > 60 ? text[..60] + "..." : text)}, which a decimal cannot represent. All values of a numeric column are decimals.",
                $"Cast the column in the query: {_name}::text keeps every digit, {_name}::float8 is a double",
                _name);
        }

        HasRounded = HasRounded || Trimmed(number.ToString(CultureInfo.InvariantCulture)) != Trimmed(text);
        return number;
    }

    private static string Trimmed(string number) => number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;

    [GeneratedRegex(@"^numeric\((?<digits>\d+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Precision();
}
