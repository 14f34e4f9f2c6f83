using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace ComposeLab.Compose.Yaml;

/// <content>Plain values and block values.</content>
internal sealed partial class YamlScanner
{
    private void ScanBlockScalar(bool literal)
    {
        Mark start = Here;
        _position++;
        (char chomping, int increment) = ScanBlockHeader(start);
        int indent = increment == 0 ? 0 : _indent >= 0 ? _indent + increment : increment + 1;
        Mark end = Here;
        _scalar.Clear();
        _breaks.Clear();
        string leading = "";
        ScanBlockBreaks(ref indent, start, ref end);
        bool wasBlank = false;
        while (Column == indent && Current != End)
        {
            bool isBlank = Current is ' ' or '\t';
            if (!literal && leading == "\n" && !wasBlank && !isBlank)
            {
                if (_breaks.Length == 0)
                {
                    _scalar.Append(' ');
                }
            }
            else
            {
                _scalar.Append(leading);
            }

            _scalar.Append(_breaks);
            _breaks.Clear();
            wasBlank = isBlank;
            int from = _position;
            SkipRestOfLine();
            _scalar.Append(text, from, _position - from);
            leading = ReadBreak();
            ScanBlockBreaks(ref indent, start, ref end);
        }

        if (chomping != '-')
        {
            _scalar.Append(leading);
        }

        if (chomping == '+')
        {
            _scalar.Append(_breaks);
        }

        Add(new Scalar(_scalar.ToString(), literal ? ScalarStyle.Literal : ScalarStyle.Folded, start, end));
    }

    private (char Chomping, int Increment) ScanBlockHeader(Mark start)
    {
        char chomping = ' ';
        int increment = 0;
        for (int part = 0; part < 2; part++)
        {
            if (chomping == ' ' && Current is '+' or '-')
            {
                chomping = text[_position++];
            }
            else if (increment == 0 && char.IsAsciiDigit(Current))
            {
                increment = Current == '0' ? throw Fault("an indentation of 0 for a block", "Use a number from 1 to 9, or omit it.", Here) : text[_position++] - '0';
            }
        }

        SkipBlanks();
        if (Current == '#')
        {
            SkipRestOfLine();
        }

        if (!IsBreak(Current) && Current != End)
        {
            throw Fault("text on the line that starts a block", "Start the text on the next line, indented.", Here, start);
        }

        if (IsBreak(Current))
        {
            SkipBreak();
        }

        return (chomping, increment);
    }

    private void ScanBlockBreaks(ref int indent, Mark start, ref Mark end)
    {
        end = Here;
        int deepest = 0;
        while (true)
        {
            while ((indent == 0 || Column < indent) && Current == ' ')
            {
                _position++;
            }

            deepest = Math.Max(deepest, Column);
            if ((indent == 0 || Column < indent) && Current == '\t')
            {
                throw Fault("a tab in the indentation", "Indent with spaces, two for each level.", Here);
            }

            if (!IsBreak(Current))
            {
                break;
            }

            _breaks.Append(ReadBreak());
            end = Here;
        }

        if (indent == 0)
        {
            indent = Math.Max(Math.Max(deepest, _indent + 1), 1);
        }
    }

    private void ScanPlainScalar()
    {
        Mark start = Here;
        Mark end = start;
        int indent = _indent + 1;
        bool lineEnded = false;
        string leading = "";
        string? single = null;
        _scalar.Clear();
        _breaks.Clear();
        _blanks.Clear();
        while (!(Column == 1 && (IsDocumentIndicator('-') || IsDocumentIndicator('.'))) && Current != '#')
        {
            int from = _position;
            while (!IsBlankOrBreak(Current) && !EndsPlainScalar())
            {
                _position++;
            }

            if (_position > from)
            {
                // Most scalars are one word, which needs no copy.
                if (single is null && _scalar.Length == 0)
                {
                    single = text[from.._position];
                }
                else
                {
                    if (single is { Length: > 0 })
                    {
                        _scalar.Append(single);
                        single = "";
                    }

                    Fold(lineEnded, leading);
                    _scalar.Append(text, from, _position - from);
                }

                lineEnded = false;
                leading = "";
                _breaks.Clear();
                _blanks.Clear();
                end = Here;
            }

            if (!(Current is ' ' or '\t' || IsBreak(Current)))
            {
                break;
            }

            ScanBlanks(indent, ref lineEnded, ref leading);
            if (_flowLevel == 0 && Column < indent)
            {
                break;
            }
        }

        Add(new Scalar(single is { Length: > 0 } ? single : _scalar.ToString(), ScalarStyle.Plain, start, end));
        if (lineEnded)
        {
            _keyAllowed = true;
        }
    }

    // Blanks before a line break and at the beginning of the next lines do not count; a tab with too little indentation is an error.
    private void ScanBlanks(int indent, ref bool lineEnded, ref string leading)
    {
        while (Current is ' ' or '\t' || IsBreak(Current))
        {
            if (Current is ' ' or '\t')
            {
                if (lineEnded && Current == '\t' && Column < indent)
                {
                    throw Fault("a tab in the indentation", "Indent with spaces, two for each level.", Here);
                }

                if (!lineEnded)
                {
                    _blanks.Append(Current);
                }

                _position++;
            }
            else if (!lineEnded)
            {
                _blanks.Clear();
                leading = ReadBreak();
                lineEnded = true;
            }
            else
            {
                _breaks.Append(ReadBreak());
            }
        }
    }

    private bool EndsPlainScalar() => Current switch
    {
        ':' => IsBlankOrBreak(At(_position + 1)) || (_flowLevel > 0 && At(_position + 1) is ',' or ']' or '}'),
        ',' or '[' or ']' or '{' or '}' => _flowLevel > 0,
        '?' => _flowLevel > 0 && IsBlankOrBreak(At(_position + 1)),
        _ => false,
    };
}
