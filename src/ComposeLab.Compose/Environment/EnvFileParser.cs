using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Interpolation;

namespace ComposeLab.Compose.Environment;

/// <summary>
/// Reads the <c>.env</c> language: <c>NAME=value</c> or <c>NAME: value</c>, comments, <c>export</c>, quotes over several lines, escapes, expansion of variables, and
/// bare names that take their value from outside.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="outer">Looks up variables outside the file; they take precedence over those of the file when values are expanded.</param>
/// <param name="earlier">The variables known before the file; its own are added to them.</param>
internal sealed class EnvFileParser(EnvFileText source, Func<string, Variable?> outer, IReadOnlyDictionary<string, string> earlier)
{
    private readonly string _text = source.Text;
    private readonly List<EnvFileEntry> _entries = [];
    private readonly Dictionary<string, Variable> _own = new((earlier as Dictionary<string, string>)?.Comparer ?? StringComparer.Ordinal);
    private int _position;

    /// <summary>Reads the file.</summary>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The entries in order; the last one of a name applies.</returns>
    /// <exception cref="ComposeException">A line is not valid.</exception>
    public IReadOnlyList<EnvFileEntry> Parse(CancellationToken token)
    {
        while (SkipToStatement())
        {
            token.ThrowIfCancellationRequested();
            ReadStatement();
        }

        return _entries;
    }

    private bool SkipToStatement()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] == '#')
            {
                _position = LineEnd(_position);
            }
            else if (char.IsWhiteSpace(_text[_position]))
            {
                _position++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void ReadStatement()
    {
        const string Export = "export";
        if (string.CompareOrdinal(_text, _position, Export, 0, Export.Length) == 0
            && _position + Export.Length < _text.Length && IsBlank(_text[_position + Export.Length]))
        {
            _position += Export.Length;
            SkipBlanks();
        }

        int start = _position;
        (string name, bool hasValue) = ReadName();
        (int line, int column) = source.PositionOf(start);
        string? value = hasValue ? ReadValue() : outer(name)?.Value;
        if (value is not null)
        {
            _entries.Add(new EnvFileEntry(name, value, line, column));
            _own[name] = new Variable(value, Yaml.VariableSource.EnvFile, source.File, line);
        }
    }

    private (string Name, bool HasValue) ReadName()
    {
        int start = _position;
        while (_position < _text.Length && _text[_position] is not ('=' or ':' or '\n'))
        {
            if (!IsBlank(_text[_position]) && !IsNameCharacter(_text[_position]))
            {
                throw Invalid(
                    _position,
                    1,
                    $"expected a variable name of letters, digits and _ . - [ ], found {Show(_text[_position])}",
                    "Write NAME=value, and start comments with #.");
            }

            _position++;
        }

        string name = _text[start.._position].TrimEnd();
        int blank = name.AsSpan().IndexOfAny(" \t");
        if (blank >= 0)
        {
            throw Invalid(start + blank, 1, "a variable name cannot contain a space", "Write NAME=value without a space in the name.");
        }

        bool hasValue = _position < _text.Length && _text[_position] != '\n';
        _position = Math.Min(_position + 1, _text.Length);
        if (hasValue)
        {
            SkipBlanks();
        }

        return (name, hasValue);
    }

    private string ReadValue() => _position < _text.Length && _text[_position] is '"' or '\'' ? ReadQuoted(_text[_position]) : ReadPlain();

    private string ReadPlain()
    {
        int start = _position;
        int end = LineEnd(start);
        _position = Math.Min(end + 1, _text.Length);
        int comment = _text.IndexOf(" #", start, end - start, StringComparison.Ordinal);
        return Expand(_text[start..(comment < 0 ? end : comment)].TrimEnd(), start);
    }

    private string ReadQuoted(char quote)
    {
        int start = _position;
        var value = new StringBuilder();
        for (int index = start + 1; index < _text.Length; index++)
        {
            char character = _text[index];
            if (character == quote)
            {
                _position = index + 1;
                return quote == '"' ? Expand(EnvEscapes.Replace(value.ToString()), start) : value.ToString();
            }

            bool escape = character == '\\' && index + 1 < _text.Length;
            if (escape && _text[index + 1] != quote)
            {
                value.Append(character);
            }

            value.Append(escape ? _text[++index] : character);
        }

        throw Invalid(start, 1, $"the quoted value has no closing {quote}", $"Add the closing {quote}, or remove the opening one.");
    }

    private string Expand(string value, int offset)
    {
        try
        {
            return new TemplateExpander(Find).Expand(value);
        }
        catch (TemplateException error) when (error.IsRequired)
        {
            throw source.Fault(ComposeErrorId.VariableRequired, offset, 1, error.Message, error.Recommendation);
        }
        catch (TemplateException)
        {
            // The text after the dollar sign may be part of a password, so it is not shown.
            throw source.Fault(
                ComposeErrorId.EnvFileInvalid,
                offset,
                1,
                "the value contains a '$' that does not start a valid expression",
                "Put the value in single quotes, or write $$ for a dollar sign.");
        }
    }

    private Variable? Find(string name) =>
        outer(name)
        ?? _own.GetValueOrDefault(name)
        ?? (earlier.TryGetValue(name, out string? value) ? new Variable(value, Yaml.VariableSource.EnvFile) : null);

    private ComposeException Invalid(int offset, int length, string message, string recommendation) =>
        source.Fault(ComposeErrorId.EnvFileInvalid, offset, length, message, recommendation);

    private int LineEnd(int from)
    {
        int end = _text.IndexOf('\n', from);
        return end < 0 ? _text.Length : end;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && IsBlank(_text[_position]))
        {
            _position++;
        }
    }

    private static bool IsBlank(char character) => character is '\t' or '\v' or '\f' or '\r' or ' ' or '\u0085' or '\u00A0';

    private static bool IsNameCharacter(char character) =>
        character is '_' or '.' or '-' or '[' or ']' || char.IsLetter(character) || char.IsNumber(character) || char.IsSurrogate(character);

    private static string Show(char character) => char.IsControl(character) ? $"the control character U+{(int)character:X4}" : $"'{character}'";
}

/// <summary>The escapes inside double quotes of an env file.</summary>
internal static class EnvEscapes
{
    private const int OctalLength = 5;

    /// <summary>
    /// Replaces <c>\a \b \f \n \r \t \v \" \\</c> and <c>\0ooo</c> by their characters, and <c>\$</c> by <c>$$</c>, which expansion then reads as a plain dollar
    /// sign. Every other backslash is kept.
    /// </summary>
    /// <param name="value">The text between the quotes.</param>
    /// <returns>The text to expand.</returns>
    public static string Replace(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var replaced = new StringBuilder(value.Length);
        for (int index = 0; index < value.Length; index++)
        {
            if (value[index] != '\\' || index + 1 == value.Length)
            {
                replaced.Append(value[index]);
            }
            else if (TryReadOctal(value, index, out char octal))
            {
                replaced.Append(octal);
                index += OctalLength - 1;
            }
            else if (Simple(value[index + 1]) is { } simple)
            {
                replaced.Append(simple);
                index++;
            }
            else
            {
                replaced.Append('\\');
            }
        }

        return replaced.ToString();
    }

    private static string? Simple(char letter) => letter switch
    {
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        '"' => "\"",
        '\\' => "\\",
        '$' => "$$",
        _ => null,
    };

    private static bool TryReadOctal(string value, int start, out char character)
    {
        character = '\0';
        if (start + OctalLength > value.Length || value[start + 1] != '0')
        {
            return false;
        }

        int code = 0;
        for (int index = start + 2; index < start + OctalLength; index++)
        {
            if (value[index] is < '0' or > '7')
            {
                return false;
            }

            code = (code * 8) + value[index] - '0';
        }

        character = (char)code;
        return code <= byte.MaxValue;
    }
}
