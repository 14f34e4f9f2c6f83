using System.Text;

namespace ComposeLab.Compose.Canonical;

/// <summary>Splits a command line into words, with the quoting rules of the reference: nothing is expanded, an unquoted operator ends the command.</summary>
internal static class CommandLine
{
    /// <summary>Splits a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The words, or null when a quote or bracket is not closed.</returns>
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

    /// <summary>Command substitutions keep their text whole, from <c>$(</c> to <c>)</c> and between backquotes.</summary>
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
