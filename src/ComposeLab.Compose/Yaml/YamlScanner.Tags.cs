namespace ComposeLab.Compose.Yaml;

/// <content>Directives and tags.</content>
internal sealed partial class YamlScanner
{
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

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';

    private static YamlSyntaxException InvalidTag(Mark start) => Fault("a tag that cannot be read", "Correct the tag, or put the value in quotes.", start);
}
