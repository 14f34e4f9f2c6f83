using System.Text.Json;
using System.Text.RegularExpressions;

namespace ComposeLab.Engine.Images;

/// <summary>Normalizes an instruction from a Dockerfile, from BuildKit's history or from the classic builder's history.</summary>
internal static partial class InstructionText
{
    /// <summary>Normalizes an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <returns>Keyword and arguments, without flags, shell and the builder's additions.</returns>
    public static string Plain(string instruction)
    {
        string text = instruction.Replace(" # buildkit", "", StringComparison.Ordinal);
        Match shell = Shell().Match(text);
        if (shell.Success)
        {
            text = shell.Groups["nop"].Success ? text[shell.Length..] : $"RUN {text[shell.Length..]}";
        }

        return Spaces().Replace(Joined(Flags().Replace(text, "")), " ").Trim();
    }

    [GeneratedRegex(@"^(?:RUN )?(?:\|\d+ .*?)?/bin/sh -c (?<nop>#\(nop\) +)?", RegexOptions.Singleline)]
    private static partial Regex Shell();

    [GeneratedRegex(@"(?<=^[A-Z]+)(?: --[a-z]+(?:=\S+)?)+(?= )")]
    private static partial Regex Flags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // The exec form is recorded as words only.
    private static string Joined(string instruction)
    {
        int list = instruction.IndexOf(" [", StringComparison.Ordinal);
        if (list < 0 || !instruction.EndsWith(']'))
        {
            return instruction;
        }

        try
        {
            return $"{instruction[..list]} {string.Join(' ', JsonSerializer.Deserialize<string[]>(instruction[list..]) ?? [])}";
        }
        catch (JsonException)
        {
            return instruction;
        }
    }
}
