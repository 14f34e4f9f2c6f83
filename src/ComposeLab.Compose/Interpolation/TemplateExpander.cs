using System.Text;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Interpolation;

/// <summary>
/// Expands <c>$NAME</c>, <c>${NAME}</c> and the operators <c>:-</c> <c>-</c> <c>:?</c> <c>?</c> <c>:+</c> <c>+</c>. A dollar sign before anything else is kept, and
/// <c>$$</c> is one dollar sign.
/// </summary>
/// <param name="lookup">Returns the value of a name; null if it is not set.</param>
/// <param name="everyBranch">Whether operands are expanded even if they are not used, to find every variable in them.</param>
internal sealed class TemplateExpander(Func<string, Variable?> lookup, bool everyBranch = false)
{
    private const int DeepestNesting = 100;
    private const int DeepestBraces = 1000;
    private const int LongestResult = 16 * 1024 * 1024;

    private string _text = "";

    /// <summary>The variables in the last result, in order.</summary>
    public List<VariableUse> Uses { get; private set; } = [];

    /// <summary>The names that the last result needed, but that are not set and have no default.</summary>
    public List<string> Unset { get; private set; } = [];

    /// <summary>Every reference in the last text, used or not, inner ones first.</summary>
    public List<TemplateReference> References { get; private set; } = [];

    /// <summary>Expands a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with values.</returns>
    /// <exception cref="TemplateException">An expression is not valid, or a required variable is not set.</exception>
    public string Expand(string text)
    {
        Uses = [];
        Unset = [];
        References = [];
        _text = text;
        return Expand(0, text.Length, 0, Uses);
    }

    private string Expand(int start, int end, int depth, List<VariableUse> uses)
    {
        int dollar = _text.IndexOf('$', start, end - start);
        if (dollar < 0)
        {
            return _text[start..end];
        }

        var result = new StringBuilder();
        var line = new LineScan(_text, end);
        int position = start;
        for (; dollar >= 0; dollar = _text.IndexOf('$', position, end - position))
        {
            result.Append(_text, position, dollar - position);
            char next = dollar + 1 < end ? _text[dollar + 1] : '\0';
            if (next == '{')
            {
                position = Braced(dollar, end, depth, ref line, result, uses);
            }
            else if (IsNameStart(next))
            {
                position = NameEnd(dollar + 1, end);
                References.Add(new TemplateReference(_text[(dollar + 1)..position], null, null, dollar));
                result.Append(Value(_text[(dollar + 1)..position], uses));
            }
            else
            {
                result.Append('$');
                position = dollar + (next == '$' ? 2 : 1);
            }

            if (result.Length > LongestResult)
            {
                throw Malformed(dollar, 1, $"the value is longer than {LongestResult} characters", "Shorten the variables it uses.");
            }
        }

        return result.Append(_text, position, end - position).ToString();
    }

    private int Braced(int dollar, int end, int depth, ref LineScan line, StringBuilder result, List<VariableUse> uses)
    {
        int nameStart = dollar + 2;
        int nameEnd = NameEnd(nameStart, end);
        if (nameStart == nameEnd)
        {
            throw Malformed(
                dollar, nameEnd + 1 - dollar, "expected a variable name after '${'", "Write ${NAME}; to keep a dollar sign, write $$.");
        }

        string name = _text[nameStart..nameEnd];
        if (nameEnd < end && _text[nameEnd] == '}')
        {
            References.Add(new TemplateReference(name, null, null, dollar));
            result.Append(Value(name, uses));
            return nameEnd + 1;
        }

        TemplateOperator? found = TemplateOperator.At(_text, nameEnd, end);
        int last = found is null ? -1 : line.LastBrace(nameEnd + found.Length);
        if (found is null || last < 0)
        {
            bool ends = found is not null || nameEnd == end;
            throw Malformed(
                dollar,
                Math.Min(nameEnd + 1, end) - dollar,
                ends ? $"the expression '${{{name}' has no closing '}}' on its line" : $"expected '}}' or one of :- - :? ? :+ + after '${{{name}'",
                "Write ${NAME}, ${NAME:-default} or ${NAME:?words}; to keep a dollar sign, write $$.");
        }

        if (depth == DeepestNesting)
        {
            throw TooDeep(dollar, DeepestNesting);
        }

        // Without a matching brace the expression extends to the last one of its line: so `${A:-{}}` results in `{}`.
        int close = MatchingBrace(dollar + 1, last);
        int operandEnd = close < 0 ? last : close;
        var operand = new Operand(nameEnd + found.Length, operandEnd, depth + 1);
        References.Add(new TemplateReference(name, found, _text[operand.Start..operand.End], dollar));
        result.Append(Apply(found, name, operand, (dollar, operandEnd + 1 - dollar), uses));
        return operandEnd + 1;
    }

    // The operand is expanded only if its value is used. Otherwise its errors do not matter.
    private string Apply(TemplateOperator found, string name, Operand operand, (int Offset, int Length) place, List<VariableUse> uses)
    {
        Variable? variable = lookup(name);
        bool present = variable is not null && !(found.EmptyIsUnset && variable.Value.Length == 0);
        switch (found.Kind)
        {
            case '?' when !present:
                string words = Expand(operand.Start, operand.End, operand.Depth, []);
                throw new TemplateException(
                    $"required variable {name} is missing a value{(words.Length == 0 ? "" : ": " + SecretMask.Standard.MaskText(words))}",
                    $"Set it, for example with the line {name}=... in the .env file.",
                    place.Offset,
                    place.Length)
                {
                    IsRequired = true,
                    Variable = name,
                };
            case '-' when !present:
                uses.Add(new VariableUse(name, VariableSource.Default));
                return Expand(operand.Start, operand.End, operand.Depth, uses);
            case '+' when present:
                uses.Add(VariableUses.Of(name, variable));
                return Expand(operand.Start, operand.End, operand.Depth, uses);
            default:
                uses.Add(VariableUses.Of(name, variable));
                if (everyBranch)
                {
                    Expand(operand.Start, operand.End, operand.Depth, []);
                }

                return variable?.Value ?? "";
        }
    }

    private string Value(string name, List<VariableUse> uses)
    {
        Variable? variable = lookup(name);
        uses.Add(VariableUses.Of(name, variable));
        if (variable is null)
        {
            Unset.Add(name);
        }

        return variable?.Value ?? "";
    }

    private int MatchingBrace(int start, int last)
    {
        int open = 0;
        for (int index = start; index <= last; index++)
        {
            if (_text[index] == '}' && --open == 0)
            {
                return index;
            }

            if (_text[index] == '{')
            {
                // The reference ignores the character after an opening brace.
                if (++open > DeepestBraces)
                {
                    throw TooDeep(start, DeepestBraces);
                }

                index++;
            }
        }

        return -1;
    }

    private TemplateException TooDeep(int offset, int levels) =>
        Malformed(offset, 1, $"expressions are nested deeper than {levels} levels", "Split the value into several variables.");

    private int NameEnd(int start, int end)
    {
        int index = start;
        while (index < end && (IsNameStart(_text[index]) || (index > start && char.IsAsciiDigit(_text[index]))))
        {
            index++;
        }

        return index;
    }

    private static bool IsNameStart(char character) => character == '_' || char.IsAsciiLetter(character);

    private static TemplateException Malformed(int offset, int length, string message, string recommendation) =>
        new(message, recommendation, offset, length);

    private readonly record struct Operand(int Start, int End, int Depth);
}

/// <summary>The operator between a variable's name and the operand of an expression.</summary>
/// <param name="Kind"><c>-</c> default, <c>?</c> required, <c>+</c> alternative.</param>
/// <param name="EmptyIsUnset">Whether a colon makes an empty variable count as not set.</param>
internal sealed record TemplateOperator(char Kind, bool EmptyIsUnset)
{
    /// <summary>Its number of characters.</summary>
    public int Length => EmptyIsUnset ? 2 : 1;

    /// <summary>Reads the operator at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">The place.</param>
    /// <param name="end">The end of the text.</param>
    /// <returns>The operator; null if there is none.</returns>
    public static TemplateOperator? At(string text, int position, int end)
    {
        bool colon = position < end && text[position] == ':';
        int sign = colon ? position + 1 : position;
        return sign < end && text[sign] is '-' or '?' or '+' ? new TemplateOperator(text[sign], colon) : null;
    }
}

/// <summary>A variable that a text refers to.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Operator">What happens if it is not set; null: it is replaced by an empty string.</param>
/// <param name="Operand">The default, words or alternative as written; null without an operator.</param>
/// <param name="Offset">The position of its dollar sign in the text.</param>
internal sealed record TemplateReference(string Name, TemplateOperator? Operator, string? Operand, int Offset);

/// <summary>Finds the last closing brace of a line, and scans each line only once.</summary>
/// <param name="text">The text.</param>
/// <param name="end">The end of the text.</param>
internal struct LineScan(string text, int end)
{
    private int _lineEnd = -1;
    private int _lastBrace = -1;

    /// <summary>The last <c>}</c> of the line that contains a position.</summary>
    /// <param name="from">The position.</param>
    /// <returns>Its index; -1 if there is none at or after the position.</returns>
    public int LastBrace(int from)
    {
        if (from > _lineEnd)
        {
            int newLine = text.IndexOf('\n', from, end - from);
            _lineEnd = newLine < 0 ? end : newLine;
            _lastBrace = _lineEnd == from ? -1 : text.LastIndexOf('}', _lineEnd - 1, _lineEnd - from);
        }

        return _lastBrace >= from ? _lastBrace : -1;
    }
}

/// <summary>An expression cannot be interpolated. Callers convert it to an error with its file.</summary>
/// <param name="message">What was expected and what was found.</param>
/// <param name="recommendation">The next step.</param>
/// <param name="offset">The start of the fault in the text.</param>
/// <param name="length">The number of characters at fault.</param>
internal sealed class TemplateException(string message, string recommendation, int offset, int length) : Exception(message)
{
    /// <summary>The next step.</summary>
    public string Recommendation { get; } = recommendation;

    /// <summary>The start of the fault in the text.</summary>
    public int Offset { get; } = offset;

    /// <summary>The number of characters at fault.</summary>
    public int Length { get; } = length;

    /// <summary>Whether the expression is valid, but its required variable is not set.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The required variable; null for other faults.</summary>
    public string? Variable { get; init; }
}
