using System.Management.Automation.Language;

namespace ComposeLab.Feedback;

/// <summary>A word of a command line.</summary>
/// <param name="Value">The value that a program receives; null if PowerShell computes it, as with a variable.</param>
/// <param name="Text">How the word is written in PowerShell; null if it is code, such as a script block.</param>
internal sealed record Word(string? Value, string? Text)
{
    /// <summary>Makes a word of a part of a word.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The word, quoted where PowerShell needs it.</returns>
    public static Word Of(string value) =>
        new(value, value.Length > 0 && value[0] != '-' && value.All(sign => char.IsAsciiLetterOrDigit(sign) || "-_./:=".Contains(sign, StringComparison.Ordinal)) ? value : Quoted(value));

    /// <summary>Writes a value as a string of PowerShell.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The string in single quotes.</returns>
    public static string Quoted(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";

    /// <summary>Reads a word of a command.</summary>
    /// <param name="element">The element of the command.</param>
    /// <returns>The word.</returns>
    public static Word Of(CommandElementAst element) => element switch
    {
        StringConstantExpressionAst constant => new(constant.Value, constant.Extent.Text),
        CommandParameterAst { Argument: null or ConstantExpressionAst } parameter => new(parameter.Extent.Text, parameter.Extent.Text),
        ConstantExpressionAst number => new(number.Extent.Text, number.Extent.Text),
        VariableExpressionAst { Splatted: false } variable => new(null, variable.Extent.Text),
        // A program receives a,b as one word.
        ArrayLiteralAst { Elements: var elements } list when elements.All(part => part is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord }) && !list.Extent.Text.Any(char.IsWhiteSpace)
            => new(list.Extent.Text, Quoted(list.Extent.Text)),
        // A computed word can be an option.
        ExpandableStringExpressionAst text when !text.Value.StartsWith('-') => new(null, text.Extent.Text),
        _ => new(null, null),
    };
}

/// <summary>Reads what a person typed for the docker program.</summary>
internal static class CommandLineWords
{
    private const string Docker = "docker";
    private const string OldCompose = "docker-compose";

    /// <summary>Reads a call of docker or docker-compose.</summary>
    /// <param name="line">The parsed line.</param>
    /// <returns>The words after <c>docker</c>; those of docker-compose begin with <c>compose</c>. Null if the line is anything else, or more than one command.</returns>
    public static IReadOnlyList<Word>? Read(Ast? line)
    {
        if (OnlyCommand(line) is not { Redirections.Count: 0 } command || command.GetCommandName() is not { } name)
        {
            return null;
        }

        IEnumerable<Word> words = command.CommandElements.Skip(1).Select(Word.Of);
        return Program(name) switch
        {
            Docker => [.. words],
            OldCompose => [Word.Of("compose"), .. words],
            _ => null,
        };
    }

    /// <summary>The only command of a line.</summary>
    /// <param name="line">The parsed line.</param>
    /// <returns>The command; null if there is another one, or something else.</returns>
    public static CommandAst? OnlyCommand(Ast? line) =>
        line is ScriptBlockAst { ParamBlock: null, BeginBlock: null, ProcessBlock: null, EndBlock.Statements: [PipelineAst { Background: false, PipelineElements: [CommandAst only] }] } ? only : null;

    private static string Program(string name) => name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4].ToLowerInvariant() : name;
}
