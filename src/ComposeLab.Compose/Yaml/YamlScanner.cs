using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace ComposeLab.Compose.Yaml;

/// <summary>
/// Splits a text into YAML tokens, by the rules of the reference's scanner. They decide which files load: where quoted text can continue, what a comma
/// or colon ends in brackets, which tabs and escapes are rejected. A general YAML library has other rules for some of them within a token, where
/// a check before or after it cannot change the result.
/// </summary>
/// <param name="text">The text, without control characters.</param>
internal sealed partial class YamlScanner(string text)
{
    private const string FixLine = "Fix the line; an editor with YAML support shows the fault as you type.";
    private const char End = '\0';

    private readonly List<Token> _tokens = new(16);
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

    /// <summary>Reads the next token; there is none after the end of the stream.</summary>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    public Token Take()
    {
        // Whether a token begins a key is known only at the colon after it.
        while (!_ended && (_tokens.Count - _head < 3 || (FirstKey() is { } first && first == _taken)))
        {
            Fetch();
        }

        Token token = _tokens[_head++];
        _taken++;
        if (_head == 1024)
        {
            _tokens.RemoveRange(0, _head);
            _head = 0;
        }

        return token;
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
            FetchDocumentIndicator(isStart: true);
        }
        else if (Column == 1 && IsDocumentIndicator('.'))
        {
            FetchDocumentIndicator(isStart: false);
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
                FetchFlowStart(isSequence: true);
                break;
            case '{':
                FetchFlowStart(isSequence: false);
                break;
            case ']':
                FetchFlowEnd(isSequence: true);
                break;
            case '}':
                FetchFlowEnd(isSequence: false);
                break;
            case ',':
                RemoveKey();
                _keyAllowed = true;
                Add(new FlowEntry(Here, Advance()));
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
                FetchAnchor(isAlias: true);
                break;
            case '&':
                FetchAnchor(isAlias: false);
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
                throw Fault($"'{first}', which cannot start a value", "Put the value in quotes.", Here);
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
        Add(new StreamEnd(Here, Here));
        _ended = true;
    }

    private void FetchDirective()
    {
        Unroll(-1);
        RemoveKey();
        _keyAllowed = false;
        ScanDirective();
    }

    private void FetchDocumentIndicator(bool isStart)
    {
        Unroll(-1);
        RemoveKey();
        _keyAllowed = false;
        Mark start = Here;
        Mark end = Advance(3);
        Add(isStart ? new DocumentStart(start, end) : new DocumentEnd(start, end));
    }

    private void FetchFlowStart(bool isSequence)
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
        Mark start = Here;
        Mark end = Advance();
        Add(isSequence ? new FlowSequenceStart(start, end) : new FlowMappingStart(start, end));
    }

    private void FetchFlowEnd(bool isSequence)
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
        Mark start = Here;
        Mark end = Advance();
        Add(isSequence ? new FlowSequenceEnd(start, end) : new FlowMappingEnd(start, end));
    }

    private void FetchBlockEntry()
    {
        if (_flowLevel == 0)
        {
            if (!_keyAllowed)
            {
                throw Fault("a list item in a place where it is not allowed", "Start the list on a separate line.", Here);
            }

            Roll(Column, -1, isSequence: true, Here);
        }

        RemoveKey();
        _keyAllowed = true;
        Add(new BlockEntry(Here, Advance()));
    }

    private void FetchKey()
    {
        if (_flowLevel == 0)
        {
            if (!_keyAllowed)
            {
                throw Fault("a key in a place where it is not allowed", FixLine, Here);
            }

            Roll(Column, -1, isSequence: false, Here);
        }

        RemoveKey();
        _keyAllowed = _flowLevel == 0;
        Add(new Key(Here, Advance()));
    }

    private void FetchValue()
    {
        if (_keyPossible && _key.Mark.Line == _line)
        {
            Add(new Key(_key.Mark, _key.Mark), _key.Token - _taken);
            Roll((int)_key.Mark.Column, _key.Token, isSequence: false, _key.Mark);
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
                    throw Fault("a key inside the previous value", "Align the line with its neighbors; a value with a colon needs quotes.", Here);
                }

                Roll(Column, -1, isSequence: false, Here);
            }

            _keyAllowed = _flowLevel == 0;
        }

        Add(new Value(Here, Advance()));
    }

    private void FetchAnchor(bool isAlias)
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
            throw Fault($"{(isAlias ? "an alias" : "an anchor")} without a valid name", "Use letters, digits and _ . - in anchor names", start);
        }

        string name = text[from.._position];
        Add(isAlias ? new AnchorAlias(name, start, Here) : new Anchor(name, start, Here));
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

    private Mark Advance(int length = 1)
    {
        _position += length;
        return Here;
    }

    private void Add(Token token, int offset = -1)
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

    private static bool IsBreak(char character) => character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsBlankOrBreak(char character) => character is ' ' or '\t' or End || IsBreak(character);
}
