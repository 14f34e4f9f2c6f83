using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;
using Version = YamlDotNet.Core.Version;

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
        Mark end = Here;
        Token token = name switch
        {
            "YAML" => new VersionDirective(ScanVersion(start), start, end),
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
            throw Fault("extra text on the line of a directive", "Remove the line.", start);
        }

        Add(token);
        if (IsBreak(Current))
        {
            SkipBreak();
        }
    }

    private Version ScanVersion(Mark start)
    {
        int from = _position;
        while (char.IsAsciiDigit(Current) || Current == '.')
        {
            _position++;
        }

        return text[from.._position].Split('.') is [{ Length: 1 or 2 } major, { Length: 1 or 2 } minor]
            ? new Version(int.Parse(major, CultureInfo.InvariantCulture), int.Parse(minor, CultureInfo.InvariantCulture))
            : throw Fault("a %YAML directive without a version", "Remove the line.", start);
    }

    private TagDirective ScanTagDirective(Mark start)
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
            ? new TagDirective(handle, TagText.Escape(prefix), start, Here)
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
                // A handle without an end is the beginning of the tag itself; a single '!' is also a tag.
                suffix = handle[1..] + suffix;
                (handle, suffix) = suffix.Length == 0 ? ("", "!") : ("!", suffix);
            }
        }

        if (!IsBlankOrBreak(Current))
        {
            throw InvalidTag(start);
        }

        Add(new Tag(handle, TagText.Escape(suffix), start, Here));
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

    private static YamlSyntaxException InvalidTag(Mark start) => Fault("an invalid tag", "Correct the tag, or put the value in quotes.", start);
}

/// <summary>
/// The encoded text of a tag for the parser, which rejects tags that are not well-formed URIs. docker compose treats such a tag as an unknown one,
/// whose value is text.
/// </summary>
internal static class TagText
{
    public static string Escape(string tag) => tag.AsSpan().ContainsAnyExcept(Plain) ? Uri.EscapeDataString(tag) : tag;

    public static string Unescape(string tag) => tag.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(tag) : tag;

    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.!");
}
