using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace ComposeLab.Feedback;

/// <summary>Finds the commands in the recommendation of an error of this module, so that they can be run as they are.</summary>
internal static partial class RecommendedCommands
{
    private const string Placeholder = "...";

    // The words of a recommendation that follow a command.
    private static readonly string[] Prose = ["to", "or", "and", "shows", "starts", "removes", "tests", "lists", "restores"];

    /// <summary>Finds the commands.</summary>
    /// <param name="recommendation">The recommendation; null for none.</param>
    /// <returns>The commands in their order; without those in which the reader must fill something in.</returns>
    public static IReadOnlyList<string> Of(string? recommendation)
    {
        List<string> commands = [];
        foreach (string line in (recommendation ?? "").Split('\n'))
        {
            int at = 0;
            while (Start().Match(line, at) is { Success: true } start)
            {
                (string command, at) = Command(line, start.Index);
                if (IsComplete(command, line[..start.Index]) && !commands.Contains(command))
                {
                    commands.Add(command);
                }
            }
        }

        return commands;
    }

    // Words in quotes can contain everything, so PowerShell itself finds where a command ends.
    private static (string Command, int End) Command(string line, int start)
    {
        string rest = line[start..];
        Parser.ParseInput(rest, out Token[] tokens, out _);
        int end = 0;
        foreach (Token token in tokens)
        {
            if (token.Kind is TokenKind.EndOfInput or TokenKind.Semi or TokenKind.NewLine || (token.Kind is TokenKind.Identifier or TokenKind.Generic && end > 0 && Prose.Contains(token.Text)))
            {
                break;
            }

            end = token.Extent.EndOffset;
        }

        string command = rest[..end];
        return (command.Contains(Placeholder, StringComparison.Ordinal) ? "" : command.TrimEnd('.', ','), start + Math.Max(end, 1));
    }

    private static bool IsComplete(string command, string before)
    {
        ScriptBlockAst script = Parser.ParseInput(command, out _, out ParseError[] faults);
        if (faults.Length > 0 || script.EndBlock is not { Statements: [PipelineAst { PipelineElements: [CommandAst first, ..] }] } || EndsInQuotes(before))
        {
            return false;
        }

        // A cmdlet that is only mentioned has no arguments.
        bool isRecommended = first.CommandElements.Count > 1 || before.Length == 0 || before.EndsWith(": ", StringComparison.Ordinal) || before.EndsWith("Run ", StringComparison.Ordinal);
        return isRecommended && !first.CommandElements.Any(element => element is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } word && Blank().IsMatch(word.Value));
    }

    // A quotation of a file or an engine is not a recommendation. An apostrophe inside a word is not a quote.
    private static bool EndsInQuotes(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] is '\'' or '"' && (at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] == '('))
            {
                int close = text.IndexOf(text[at], at + 1);
                if (close < 0)
                {
                    return true;
                }

                at = close;
            }
        }

        return false;
    }

    [GeneratedRegex(@"(?<![\w'-])(?:[A-Z][a-z]+-(?:Lab[A-Z]|MergedConfig)|docker pull )")]
    private static partial Regex Start();

    // NAME, SECONDS: to be replaced by the reader.
    [GeneratedRegex("^[A-Z]{2,}$")]
    private static partial Regex Blank();
}
