using System.Text;

namespace ComposeLab.Compose.Environment;

/// <summary>The escapes inside double quotes of an env file.</summary>
internal static class EnvEscapes
{
    private const int OctalLength = 5;

    /// <summary>
    /// Replaces <c>\a \b \f \n \r \t \v \" \\</c> and <c>\0ooo</c> by their characters, and <c>\$</c> by <c>$$</c>, which expansion then reads as a plain
    /// dollar sign. Every other backslash stays.
    /// </summary>
    /// <param name="value">The text between the quotes.</param>
    /// <returns>The text to be expanded.</returns>
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
