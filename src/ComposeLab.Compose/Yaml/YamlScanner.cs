using System.Text;

namespace ComposeLab.Compose.Yaml;

/// <summary>
/// Cuts a text into YAML tokens, by the rules of the reference's scanner. They decide which files load: where quoted text may be continued, what a comma
/// or colon ends in brackets, which tabs and escapes are refused. A general YAML library decides some of them otherwise, in the middle of a token, where
/// no check before or after it can change the answer.
/// </summary>
/// <param name="text">The text, without control characters.</param>
internal sealed class YamlScanner(string text)
{
    private const string FixLine = "Fix the line; an editor with YAML support shows the fault as you type.";
    private const char End = '\0';

    private readonly List<YamlToken> _tokens = new(16);
    private readonly Stack<int> _indents = new();
    private readonly List<SimpleKey> _outerKeys = [];
    private readonly StringBuilder _scalar = new();
    private readonly StringBuilder _breaks = new();
    private readonly StringBuilder _blanks = new();
    private int _head;
    private int _taken;
    private bool _ended;
    private int _position;
    private int _line = 1;
    private int _lineStart;
    private int _flowLevel;
    private int _indent = -1;
    private bool _keyAllowed = true;
    private bool _keyPossible;
    private SimpleKey _key;

    private int Column => _position - _lineStart + 1;

    private Mark Here => new(_position, _line, Column);

    private char Current => At(_position);

    /// <summary>The next token, which stays.</summary>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    public YamlToken Peek()
    {
        // A token may turn out to begin a key only when the colon behind it is seen.
        while (!_ended && (_tokens.Count - _head < 3 || (FirstKey() is { } first && first == _taken)))
        {
            Fetch();
        }

        return _tokens[_head];
    }

    /// <summary>Moves on to the next token.</summary>
    public void Skip()
    {
        _head++;
        _taken++;
        if (_head == 1024)
        {
            _tokens.RemoveRange(0, _head);
            _head = 0;
        }
    }

    private int? FirstKey() => _outerKeys.Count > 0 ? _outerKeys[0].Token : _keyPossible ? _key.Token : null;

    private char At(int index) => index < text.Length ? text[index] : End;

    private void Fetch()
    {
        SkipToToken();
        Unroll(Column);
        char first = Current;
        char second = At(_position + 1);
        if (first == End)
        {
            FetchEnd();
        }
        else if (Column == 1 && first == '%')
        {
            FetchDirective();
        }
        else if (Column == 1 && IsDocumentIndicator('-'))
        {
            FetchDocumentIndicator(TokenKind.DocumentStart);
        }
        else if (Column == 1 && IsDocumentIndicator('.'))
        {
            FetchDocumentIndicator(TokenKind.DocumentEnd);
        }
        else
        {
            FetchContent(first, second);
        }
    }

    private void FetchContent(char first, char second)
    {
        switch (first)
        {
            case '[':
                FetchFlowStart(TokenKind.FlowSequenceStart);
                break;
            case '{':
                FetchFlowStart(TokenKind.FlowMappingStart);
                break;
            case ']':
                FetchFlowEnd(TokenKind.FlowSequenceEnd);
                break;
            case '}':
                FetchFlowEnd(TokenKind.FlowMappingEnd);
                break;
            case ',':
                RemoveKey();
                _keyAllowed = true;
                AddIndicator(TokenKind.FlowEntry);
                break;
            case '-' when IsBlankOrBreak(second):
                FetchBlockEntry();
                break;
            case '?' when IsBlankOrBreak(second):
                FetchKey();
                break;
            case ':' when IsBlankOrBreak(second) || (_flowLevel > 0 && !FollowsFlowEntry()):
                FetchValue();
                break;
            case '*':
                FetchAnchor(TokenKind.Alias);
                break;
            case '&':
                FetchAnchor(TokenKind.Anchor);
                break;
            case '!':
                SaveKey();
                _keyAllowed = false;
                ScanTag();
                break;
            case '|' or '>' when _flowLevel == 0:
                RemoveKey();
                _keyAllowed = true;
                ScanBlockScalar(literal: first == '|');
                break;
            case '\'' or '"':
                SaveKey();
                _keyAllowed = false;
                ScanQuotedScalar(first);
                break;
            case '\t':
                throw Fault("a tab in the indentation", "Indent with spaces, two for each level.", Here);
            case '#' or '%' or '@' or '`' or '|' or '>':
                throw Fault($"'{first}', which cannot begin a value", "Put the value in quotes.", Here);
            default:
                SaveKey();
                _keyAllowed = false;
                ScanPlainScalar();
                break;
        }
    }

    private void FetchEnd()
    {
        Unroll(-1);
        RemoveKey();
        _outerKeys.Clear();
        _keyAllowed = false;
        Add(new YamlToken(TokenKind.StreamEnd, Here, Here));
        _ended = true;
    }

    private void FetchDirective()
    {
        Unroll(-1);
        RemoveKey();
        _keyAllowed = false;
        ScanDirective();
    }

    private void FetchDocumentIndicator(TokenKind kind)
    {
        Unroll(-1);
        RemoveKey();
        _keyAllowed = false;
        AddIndicator(kind, length: 3);
    }

    private void FetchFlowStart(TokenKind kind)
    {
        SaveKey();
        if (++_flowLevel > YamlLimits.Depth)
        {
            throw TooDeep(Here);
        }

        if (_keyPossible)
        {
            _outerKeys.Add(_key);
        }

        _key = default;
        _keyAllowed = true;
        AddIndicator(kind);
    }

    private void FetchFlowEnd(TokenKind kind)
    {
        RemoveKey();
        if (_flowLevel > 0)
        {
            _flowLevel--;
            if (_outerKeys.Count > 0 && _outerKeys[^1].FlowLevel == _flowLevel)
            {
                _key = _outerKeys[^1];
                _outerKeys.RemoveAt(_outerKeys.Count - 1);
                _keyPossible = true;
            }
        }

        _keyAllowed = false;
        AddIndicator(kind);
    }

    private void FetchBlockEntry()
    {
        if (_flowLevel == 0)
        {
            if (!_keyAllowed)
            {
                throw Fault("a list item where none can begin", "Begin the list on a line of its own.", Here);
            }

            Roll(Column, -1, TokenKind.BlockSequenceStart, Here);
        }

        RemoveKey();
        _keyAllowed = true;
        AddIndicator(TokenKind.BlockEntry);
    }

    private void FetchKey()
    {
        if (_flowLevel == 0)
        {
            if (!_keyAllowed)
            {
                throw Fault("a key where none can begin", FixLine, Here);
            }

            Roll(Column, -1, TokenKind.BlockMappingStart, Here);
        }

        RemoveKey();
        _keyAllowed = _flowLevel == 0;
        AddIndicator(TokenKind.Key);
    }

    private void FetchValue()
    {
        if (_keyPossible && _key.Mark.Line == _line)
        {
            Add(new YamlToken(TokenKind.Key, _key.Mark, _key.Mark), _key.Token - _taken);
            Roll(_key.Mark.Column, _key.Token, TokenKind.BlockMappingStart, _key.Mark);
            _keyPossible = false;
            _key = _key with { Required = false };
            _keyAllowed = false;
        }
        else
        {
            if (_flowLevel == 0)
            {
                if (!_keyAllowed)
                {
                    throw Fault("a key inside the value before it", "Align the line with its neighbors; a value with a colon needs quotes.", Here);
                }

                Roll(Column, -1, TokenKind.BlockMappingStart, Here);
            }

            _keyAllowed = _flowLevel == 0;
        }

        AddIndicator(TokenKind.Value);
    }

    private void FetchAnchor(TokenKind kind)
    {
        SaveKey();
        _keyAllowed = false;
        Mark start = Here;
        int from = ++_position;
        while (Current is > ' ' and <= '~' and not (':' or ',' or '[' or ']' or '{' or '}'))
        {
            _position++;
        }

        if (_position == from || !(IsBlankOrBreak(Current) || Current is '?' or ':' or ',' or ']' or '}' or '%' or '@' or '`'))
        {
            throw Fault($"{(kind == TokenKind.Alias ? "an alias" : "an anchor")} without a valid name", "Name anchors with letters, digits and _ . -", start);
        }

        Add(new YamlToken(kind, start, Here) { Text = text[from.._position] });
    }

    private void SkipToToken()
    {
        while (true)
        {
            if (Column == 1 && Current == '\uFEFF')
            {
                _position++;
            }

            while (Current == ' ' || (Current == '\t' && (_flowLevel > 0 || !_keyAllowed)))
            {
                _position++;
            }

            if (Current == '#')
            {
                SkipRestOfLine();
            }

            if (!IsBreak(Current))
            {
                return;
            }

            SkipBreak();
            if (_flowLevel == 0)
            {
                _keyAllowed = true;
            }
        }
    }

    private void ScanDirective()
    {
        Mark start = Here;
        int from = ++_position;
        while (IsWordCharacter(Current))
        {
            _position++;
        }

        string name = text[from.._position];
        SkipBlanks();
        YamlToken token = name switch
        {
            "YAML" => new YamlToken(TokenKind.VersionDirective, start, Here) { Text = ScanVersion(start) },
            "TAG" => ScanTagDirective(start),
            _ => throw Fault($"the unknown directive '%{name}'", "Remove the line.", start, Here),
        };
        SkipBlanks();
        if (Current == '#')
        {
            SkipRestOfLine();
        }

        if (!IsBreak(Current) && Current != End)
        {
            throw Fault("more than a directive on its line", "Remove the line.", start);
        }

        Add(token);
        if (IsBreak(Current))
        {
            SkipBreak();
        }
    }

    private string ScanVersion(Mark start)
    {
        int from = _position;
        while (char.IsAsciiDigit(Current) || Current == '.')
        {
            _position++;
        }

        string version = text[from.._position];
        return version.Split('.') is [{ Length: 1 or 2 }, { Length: 1 or 2 }] ? version : throw Fault("a %YAML directive without a version", "Remove the line.", start);
    }

    private YamlToken ScanTagDirective(Mark start)
    {
        string handle = ScanTagHandle(start);
        if (handle.Length > 1 && !handle.EndsWith('!'))
        {
            throw Fault("a %TAG directive without a handle", "Remove the line.", start);
        }

        int blanks = _position;
        SkipBlanks();
        string prefix = ScanTagUri(verbatim: true);
        return blanks < _position && prefix.Length > 0 && IsBlankOrBreak(Current)
            ? new YamlToken(TokenKind.TagDirective, start, Here) { Text = handle, Suffix = prefix }
            : throw Fault("a %TAG directive without a prefix", "Remove the line.", start);
    }

    private void ScanTag()
    {
        Mark start = Here;
        string handle, suffix;
        if (At(_position + 1) == '<')
        {
            _position += 2;
            (handle, suffix) = ("", ScanTagUri(verbatim: true));
            if (suffix.Length == 0 || Current != '>')
            {
                throw InvalidTag(start);
            }

            _position++;
        }
        else
        {
            handle = ScanTagHandle(start);
            suffix = ScanTagUri(verbatim: false);
            if (handle.Length > 1 && handle.EndsWith('!'))
            {
                if (suffix.Length == 0)
                {
                    throw InvalidTag(start);
                }
            }
            else
            {
                // What looks like a handle without an end is the beginning of the tag itself; '!' alone is a tag, too.
                suffix = handle[1..] + suffix;
                (handle, suffix) = suffix.Length == 0 ? ("", "!") : ("!", suffix);
            }
        }

        if (!IsBlankOrBreak(Current))
        {
            throw InvalidTag(start);
        }

        Add(new YamlToken(TokenKind.Tag, start, Here) { Text = handle, Suffix = suffix });
    }

    private string ScanTagHandle(Mark start)
    {
        if (Current != '!')
        {
            throw InvalidTag(start);
        }

        int from = _position++;
        while (IsWordCharacter(Current))
        {
            _position++;
        }

        if (Current == '!')
        {
            _position++;
        }

        return text[from.._position];
    }

    private string ScanTagUri(bool verbatim)
    {
        int from = _position;
        while (IsWordCharacter(Current) || Current is ';' or '/' or '?' or ':' or '@' or '&' or '=' or '+' or '$' or '.' or '!' or '~' or '*' or '\'' or '(' or ')' or '%'
            || (verbatim && Current is ',' or '[' or ']' or '{' or '}'))
        {
            _position++;
        }

        string uri = text[from.._position];
        return uri.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(uri) : uri;
    }

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

        Add(new YamlToken(TokenKind.Scalar, start, end) { Text = _scalar.ToString() });
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
                increment = Current == '0' ? throw Fault("an indentation of 0 for a block", "Write a number from 1 to 9, or none.", Here) : text[_position++] - '0';
            }
        }

        SkipBlanks();
        if (Current == '#')
        {
            SkipRestOfLine();
        }

        if (!IsBreak(Current) && Current != End)
        {
            throw Fault("text on the line that begins a block", "Begin the text on the next line, indented.", Here, start);
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
        Add(new YamlToken(TokenKind.Scalar, start, Here) { Text = _scalar.ToString() });
    }

    /// <summary>Reads up to a blank, a line break or the closing quote. The text from <paramref name="from"/> on is not yet in the scalar, and then it is.</summary>
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
        while (Current is ' ' or '\t' || IsBreak(Current))
        {
            if (Current is ' ' or '\t')
            {
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

        Fold(lineEnded, leading);
    }

    // One line break is a space; further ones stay, and so do those that only some readers take for a line break.
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
                // Most scalars are one word: it needs no copy.
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

            ScanPlainBlanks(start, indent, ref lineEnded, ref leading);
            if (_flowLevel == 0 && Column < indent)
            {
                break;
            }
        }

        Add(new YamlToken(TokenKind.Scalar, start, end) { Text = single is { Length: > 0 } ? single : _scalar.ToString(), IsPlain = true });
        if (lineEnded)
        {
            _keyAllowed = true;
        }
    }

    private void ScanPlainBlanks(Mark start, int indent, ref bool lineEnded, ref string leading)
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

    private void SaveKey()
    {
        if (_keyAllowed)
        {
            RemoveKey();
            _keyPossible = true;
            _key = new SimpleKey(_flowLevel == 0 && _indent == Column, _flowLevel, _taken + _tokens.Count - _head, Here);
        }
    }

    private void RemoveKey()
    {
        if (_key.Required)
        {
            throw Fault("a line that is neither a key nor a list item", "Write 'key: value', or indent the line to continue the value before it.", _key.Mark);
        }

        _keyPossible = false;
    }

    private bool FollowsFlowEntry() => _tokens.Count > 0 && _tokens[^1].Kind is TokenKind.FlowEntry or TokenKind.FlowSequenceStart;

    private void Roll(int column, int token, TokenKind kind, Mark mark)
    {
        if (_flowLevel == 0 && _indent < column)
        {
            _indents.Push(_indent);
            _indent = column;
            if (_indents.Count > YamlLimits.Depth)
            {
                throw TooDeep(mark);
            }

            Add(new YamlToken(kind, mark, mark), token < 0 ? -1 : token - _taken);
        }
    }

    private void Unroll(int column)
    {
        while (_flowLevel == 0 && _indent > column)
        {
            Add(new YamlToken(TokenKind.BlockEnd, Here, Here));
            _indent = _indents.Pop();
        }
    }

    private void AddIndicator(TokenKind kind, int length = 1)
    {
        Mark start = Here;
        _position += length;
        Add(new YamlToken(kind, start, Here));
    }

    private void Add(YamlToken token, int offset = -1)
    {
        if (offset < 0)
        {
            _tokens.Add(token);
        }
        else
        {
            _tokens.Insert(_head + offset, token);
        }
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            _position++;
        }
    }

    private void SkipRestOfLine()
    {
        while (Current != End && !IsBreak(Current))
        {
            _position++;
        }
    }

    private void SkipBreak()
    {
        _position += Current == '\r' && At(_position + 1) == '\n' ? 2 : 1;
        _line++;
        _lineStart = _position;
    }

    private string ReadBreak()
    {
        char kind = Current;
        if (!IsBreak(kind))
        {
            return "";
        }

        SkipBreak();
        return kind is '\u2028' or '\u2029' ? kind.ToString() : "\n";
    }

    private bool IsDocumentIndicator(char character) =>
        Current == character && At(_position + 1) == character && At(_position + 2) == character && IsBlankOrBreak(At(_position + 3));

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';

    private static bool IsBreak(char character) => character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsBlankOrBreak(char character) => character is ' ' or '\t' or End || IsBreak(character);

    private YamlSyntaxException Unclosed(char quote, Mark start) =>
        Fault($"a value in quotes without the closing {quote}", $"Add the closing {quote}.", start, new Mark(start.Index + 1, start.Line, start.Column + 1));

    private static YamlSyntaxException TooDeep(Mark mark) => Fault($"more than {YamlLimits.Depth} nested collections", "Nest less deeply.", mark);

    private static YamlSyntaxException InvalidTag(Mark start) => Fault("a tag that cannot be read", "Correct the tag, or put the value in quotes.", start);

    private static YamlSyntaxException Fault(string found, string advice, Mark start, Mark end = default) => new(found, advice, start, end);

    /// <summary>A token that turns out to be a key when a colon follows on its line.</summary>
    private readonly record struct SimpleKey(bool Required, int FlowLevel, int Token, Mark Mark);
}
