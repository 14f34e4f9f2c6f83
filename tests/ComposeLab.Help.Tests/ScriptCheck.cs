using System.Management.Automation.Language;

namespace ComposeLab.Help.Tests;

/// <summary>Reads PowerShell code in a document, and finds errors in it.</summary>
internal static class ScriptCheck
{
    private static readonly string[] Common =
    [
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable", "InformationVariable",
        "OutVariable", "OutBuffer", "PipelineVariable",
    ];

    /// <summary>Checks one script.</summary>
    /// <param name="code">The script.</param>
    /// <returns>A sentence for each syntax error, and for each command of ours or parameter of one that does not exist.</returns>
    public static IReadOnlyList<string> Faults(string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        var faults = errors.Select(error => $"{error.Extent.Text}: {error.Message}").ToList();
        foreach (CommandAst call in script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (call.GetCommandName() is { } name && IsOurs(name))
            {
                faults.AddRange(Faults(call, name));
            }
        }

        return faults;
    }

    /// <summary>Whether a name is meant to be a command of the module.</summary>
    /// <param name="name">A command's name.</param>
    public static bool IsOurs(string name) =>
        name.Split('-') is [_, var noun] && (noun.StartsWith("Lab", StringComparison.OrdinalIgnoreCase) || noun.Equals("MergedConfig", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Faults(CommandAst call, string name)
    {
        if (Repository.Commands.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } command)
        {
            return [$"There is no cmdlet {name}."];
        }

        IEnumerable<string> known = command.Parameters.SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name)).Concat(Common);
        // Arguments after -- are not our parameters.
        return call.CommandElements.TakeWhile(element => element.Extent.Text != "--").OfType<CommandParameterAst>()
            .Where(used => !known.Any(parameter => parameter.StartsWith(used.ParameterName, StringComparison.OrdinalIgnoreCase)))
            .Select(used => $"{command.Name} has no parameter -{used.ParameterName}.");
    }
}
