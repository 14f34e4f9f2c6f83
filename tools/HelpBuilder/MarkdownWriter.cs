using System.Text;

namespace ComposeLab.HelpBuilder;

/// <summary>Writes a command as a page for people who read on a web site.</summary>
public static class MarkdownWriter
{
    /// <summary>One page.</summary>
    /// <param name="command">The command.</param>
    public static string Write(CommandHelp command)
    {
        var page = new StringBuilder();
        page.Append($"# {command.Name}\n\n{command.Synopsis}\n\n");

        page.Append("```\n");
        foreach (var syntax in command.Syntaxes)
        {
            page.Append($"{command.Name} {string.Join(" ", syntax.Parameters.Select(Usage))}\n");
        }

        page.Append("```\n\n");
        foreach (var paragraph in command.Description)
        {
            page.Append($"{paragraph}\n\n");
        }

        page.Append("## Examples\n\n");
        foreach (var example in command.Examples)
        {
            page.Append($"```powershell\n{example.Code}\n```\n\n{example.Remarks}\n\n");
        }

        page.Append("## Parameters\n\n| Parameter | Type | |\n|---|---|---|\n");
        foreach (var parameter in command.Parameters)
        {
            page.Append($"| `-{parameter.Name}` | {parameter.TypeName} | {Cell(parameter)} |\n");
        }

        page.Append($"\n## Input\n\n{Types(command.Inputs)}\n");
        page.Append($"\n## Output\n\n{Types(command.Outputs)}\n");
        return page.ToString();
    }

    /// <summary>The list of all commands.</summary>
    /// <param name="commands">The commands, in the order to list them.</param>
    public static string WriteIndex(IEnumerable<CommandHelp> commands)
    {
        var page = new StringBuilder("# The cmdlets\n\n`Get-Help NAME -Full` shows the same pages in the shell. `./lab help-files` generates them from the doc comments.\n\n| Cmdlet | |\n|---|---|\n");
        foreach (var command in commands)
        {
            page.Append($"| [{command.Name}]({command.Name}.md) | {command.Synopsis.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return page.ToString();
    }

    private static string Usage(ParameterHelp parameter)
    {
        var name = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var usage = parameter.IsSwitch ? name : $"{name} <{parameter.TypeName[(parameter.TypeName.LastIndexOf('.') + 1)..]}>";
        return parameter.IsMandatory ? usage : $"[{usage}]";
    }

    private static string Cell(ParameterHelp parameter)
    {
        var facts = new[]
        {
            parameter.IsMandatory ? "Required." : null,
            parameter.Values.Count > 0 ? $"One of {string.Join(", ", parameter.Values)}." : null,
            parameter.Default is { } value && !parameter.Description.Contains("Default:", StringComparison.Ordinal) ? $"Default: {value}." : null,
            parameter.Wildcards ? "Wildcards are allowed." : null,
            parameter.Aliases.Count > 0 ? $"Alias: {string.Join(", ", parameter.Aliases)}." : null,
            parameter.FromPipeline != "False" ? "Accepts pipeline input." : null,
        };
        return string.Join(" ", facts.OfType<string>().Prepend(parameter.Description)).Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Types(IReadOnlyList<TypeHelp> types) => types.Count == 0
        ? "None."
        : string.Join("\n", types.Select(type => $"- `{type.Name}`{(type.Description.Length > 0 ? $": {type.Description}" : "")}"));
}
