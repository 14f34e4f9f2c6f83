using System.Text;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Canonical;

/// <summary>Canonical forms of lists of texts.</summary>
internal static class ListValues
{
    /// <summary>A list whose items must be text or whole numbers.</summary>
    public static Node Texts(Node value) =>
        value is SequenceNode list ? list.Select(ScalarValues.Text) : throw new InvalidValueException("a list", value);

    /// <summary>One text or a list of texts; a number is not accepted.</summary>
    public static Node TextOrTexts(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.String } => new SequenceNode([value], value.Origin),
        SequenceNode list when list.Items.All(item => item is ScalarNode { Kind: ScalarKind.String }) => list,
        _ => throw new InvalidValueException("text or a list of texts", value),
    };

    /// <summary>A list of texts or numbers, printed as text.</summary>
    public static Node Words(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.String } => new SequenceNode([value], value.Origin),
        SequenceNode list => list.Select(item => item is ScalarNode scalar ? ScalarNode.String(scalar.AsText, scalar.Origin) : throw new InvalidValueException("text or a number", item)),
        _ => throw new InvalidValueException("a list", value),
    };

    /// <summary>A command line: a list is unchanged, a string is split as a shell does.</summary>
    public static Node Command(Node value) => value switch
    {
        SequenceNode list when list.Items.All(item => item is ScalarNode { Kind: ScalarKind.String }) => list,
        ScalarNode { Kind: ScalarKind.String } line => new SequenceNode(
            (CommandLine.Split(line.Text) ?? throw new InvalidValueException("a command with matching quotes", "an unclosed quote or bracket"))
                .Select(word => ScalarNode.String(word, value.Origin)),
            value.Origin),
        _ => throw new InvalidValueException("a command line or a list of texts", value),
    };

    /// <summary>A health check command: a text runs in the container's shell.</summary>
    public static Node Probe(Node value) => value is ScalarNode { Kind: ScalarKind.String } line
        ? new SequenceNode([ScalarNode.String("CMD-SHELL", value.Origin), line], value.Origin)
        : TextOrTexts(value);
}

/// <summary>Splits a command line into words, by the quoting rules of the reference: nothing is expanded, and an unquoted operator ends the command.</summary>
internal static class CommandLine
{
    /// <summary>Splits a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The words, or null if a quote or bracket is not closed.</returns>
    public static IReadOnlyList<string>? Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool started = false;
        char quote = '\0';
        for (int index = 0; index < line.Length; index++)
        {
            char c = line[index];
            if (c == '\\' && quote != '\'')
            {
                if (++index == line.Length)
                {
                    return null;
                }

                word.Append(line[index] switch { 't' => '\t', 'n' => '\n', var other => other });
                started = true;
            }
            else if (quote == '\0' && c is ' ' or '\t' or '\r' or '\n')
            {
                if (started)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    started = false;
                }
            }
            else if (c == quote && c is '\'' or '"')
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
                started = true;
            }
            else if (quote == '\0' && c == '(' && !(word.Length > 0 && word[^1] == '$'))
            {
                return null;
            }
            else if (quote == '\0' && c is ';' or '&' or '|' or '<' or '>')
            {
                // A leading digit before '>' names a file descriptor, not a word.
                started &= !(c == '>' && word.Length > 0 && char.IsAsciiDigit(word[0]));
                break;
            }
            else
            {
                quote = Substitution(quote, c);
                word.Append(c);
                started = true;
            }
        }

        if (started)
        {
            words.Add(word.ToString());
        }

        return quote == '\0' ? words : null;
    }

    /// <summary>Command substitutions remain one text, from <c>$(</c> to <c>)</c> and between backquotes.</summary>
    private static char Substitution(char quote, char c) => (quote, c) switch
    {
        ('\0', '`') => '`',
        ('`', '`') => '\0',
        ('\0', '(') => ')',
        (')', ')') => '\0',
        ('\0', ')') => ')',
        _ => quote,
    };
}
