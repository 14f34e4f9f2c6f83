namespace ComposeLab.Compose.Interpolation;

/// <summary>What stands between a variable's name and the operand of an expression.</summary>
/// <param name="Kind"><c>-</c> default, <c>?</c> required, <c>+</c> alternative.</param>
/// <param name="EmptyIsUnset">Whether a colon makes an empty variable count as unset.</param>
internal sealed record TemplateOperator(char Kind, bool EmptyIsUnset)
{
    /// <summary>How many characters it has.</summary>
    public int Length => EmptyIsUnset ? 2 : 1;

    /// <summary>Reads the operator at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">The place.</param>
    /// <param name="end">Where the text ends.</param>
    /// <returns>The operator; null when there is none.</returns>
    public static TemplateOperator? At(string text, int position, int end)
    {
        bool colon = position < end && text[position] == ':';
        int sign = colon ? position + 1 : position;
        return sign < end && text[sign] is '-' or '?' or '+' ? new TemplateOperator(text[sign], colon) : null;
    }
}
