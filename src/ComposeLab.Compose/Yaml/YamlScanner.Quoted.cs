using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace ComposeLab.Compose.Yaml;

/// <content>Values in quotes.</content>
internal sealed partial class YamlScanner
{
    private void ScanQuotedScalar(char quote)
    {
        Mark start = Here;
        _position++;
        _scalar.Clear();
        int from = _position;
        while (true)
        {
            if (Column == 1 && (IsDocumentIndicator('-') || IsDocumentIndicator('.')))
            {
                throw Unclosed(quote, start);
            }

            if (Current == End)
            {
                throw Unclosed(quote, start);
            }

            bool joins = ScanQuotedWord(quote, start, ref from);
            if (Current == quote && !joins)
            {
                break;
            }

            ScanQuotedBlanks(joins);
            from = _position;
        }

        _scalar.Append(text, from, _position - from);
        _position++;
        Add(new Scalar(_scalar.ToString(), quote == '"' ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted, start, Here));
    }

    /// <summary>Reads up to a blank, a line break or the closing quote. Adds the text from <paramref name="from"/> on to the scalar.</summary>
    /// <returns>Whether it ended with a backslash at the end of the line, which joins the next line.</returns>
    private bool ScanQuotedWord(char quote, Mark start, ref int from)
    {
        while (!IsBlankOrBreak(Current))
        {
            if (Current == quote)
            {
                if (quote == '"' || At(_position + 1) != '\'')
                {
                    return false;
                }

                _scalar.Append(text, from, _position + 1 - from);
                _position += 2;
                from = _position;
            }
            else if (quote == '"' && Current == '\\')
            {
                _scalar.Append(text, from, _position - from);
                if (IsBreak(At(_position + 1)))
                {
                    _position++;
                    SkipBreak();
                    from = _position;
                    return true;
                }

                ScanEscape(start);
                from = _position;
            }
            else
            {
                _position++;
            }
        }

        _scalar.Append(text, from, _position - from);
        from = _position;
        return false;
    }

    private void ScanQuotedBlanks(bool joined)
    {
        bool lineEnded = joined;
        string leading = "";
        _breaks.Clear();
        _blanks.Clear();
        ScanBlanks(indent: 0, ref lineEnded, ref leading);
        Fold(lineEnded, leading);
    }

    // One line break is a space; additional ones are kept, and so are characters that only some readers treat as a line break.
    private void Fold(bool lineEnded, string leading)
    {
        if (!lineEnded)
        {
            _scalar.Append(_blanks);
        }
        else if (leading == "\n" && _breaks.Length == 0)
        {
            _scalar.Append(' ');
        }
        else
        {
            _scalar.Append(leading == "\n" ? "" : leading).Append(_breaks);
        }
    }

    private void ScanEscape(Mark start)
    {
        char code = At(_position + 1);
        int digits = code switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            ReadOnlySpan<char> number = text.AsSpan(Math.Min(_position + 2, text.Length), Math.Min(digits, Math.Max(0, text.Length - _position - 2)));
            if (number.Length < digits || !uint.TryParse(number, System.Globalization.NumberStyles.AllowHexSpecifier, null, out uint value) || !Rune.IsValid(value))
            {
                throw Fault("an escape that is not a character", "Write the character itself, or one escape of eight digits: \"\\U0001F600\".", Here, new Mark(_position + 2 + digits, _line, Column + 2 + digits));
            }

            _scalar.Append(new Rune(value).ToString());
        }
        else
        {
            _scalar.Append(code switch
            {
                '0' => '\0',
                'a' => '\a',
                'b' => '\b',
                't' or '\t' => '\t',
                'n' => '\n',
                'v' => '\v',
                'f' => '\f',
                'r' => '\r',
                'e' => '\u001B',
                ' ' or '"' or '\'' or '\\' => code,
                'N' => '\u0085',
                '_' => '\u00A0',
                'L' => '\u2028',
                'P' => '\u2029',
                _ => throw Fault("an unknown escape in double quotes", "Double the backslash, or use single quotes.", Here, new Mark(_position + 2, _line, Column + 2)),
            });
        }

        _position += 2 + digits;
    }

    private static YamlSyntaxException Unclosed(char quote, Mark start) =>
        Fault($"a quoted value without the closing {quote}", $"Add the closing {quote}.", start, new Mark(start.Index + 1, start.Line, start.Column + 1));
}
