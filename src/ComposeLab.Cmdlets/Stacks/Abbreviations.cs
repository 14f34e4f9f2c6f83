using System.Management.Automation;
using System.Management.Automation.Language;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Stacks;

/// <summary>Finds words of a command line that PowerShell read as parameters, although they are in the position of program arguments.</summary>
internal static class Abbreviations
{
    /// <summary>Rejects a command line on which PowerShell read an argument of the program as a parameter: it binds -U to -User.</summary>
    /// <param name="call">The call.</param>
    /// <param name="service">The service.</param>
    /// <param name="program">The program. Its arguments can contain secrets and are not shown.</param>
    /// <exception cref="LabException">CommandAmbiguous.</exception>
    public static void RequireDashes(InvocationInfo call, string service, string program)
    {
        if (AfterProgram(call.Line, call.OffsetInLine, call.InvocationName, call.MyCommand.Parameters) is { } word)
        {
            throw new LabException(
                LabErrorId.CommandAmbiguous,
                $"PowerShell reads '{word}' as a parameter of {call.MyCommand.Name}, not as an argument of '{program}'.",
                $"Put -- before the command: {call.MyCommand.Name} {CommandText.Quote(service)} -- {program} {word} ...");
        }
    }

    /// <summary>Finds the first abbreviated parameter after a service and a program.</summary>
    /// <param name="line">The line that was typed.</param>
    /// <param name="offset">The position in the line where the command starts, from 1.</param>
    /// <param name="name">The name that was used to call the command.</param>
    /// <param name="parameters">The command's parameters.</param>
    /// <returns>The word, such as <c>-U</c>; null if there is none.</returns>
    public static string? AfterProgram(string? line, int offset, string? name, IReadOnlyDictionary<string, ParameterMetadata> parameters)
    {
        if (string.IsNullOrEmpty(line))
        {
            return null;
        }

        HashSet<string> whole = new(parameters.Values.SelectMany(parameter => parameter.Aliases.Append(parameter.Name)), StringComparer.OrdinalIgnoreCase);
        Ast? call = Parser.ParseInput(line, out _, out _).Find(
            found => found is CommandAst command && command.GetCommandName() == name && command.Extent.StartColumnNumber == offset, searchNestedScriptBlocks: true);
        int words = 0;
        foreach (CommandElementAst element in ((CommandAst?)call)?.CommandElements.Skip(1) ?? [])
        {
            if (element is not CommandParameterAst parameter)
            {
                words++;
            }
            else if (whole.Contains(parameter.ParameterName))
            {
                // The value of the parameter is not counted. A switch has no value, so one word too few is counted, which only makes this more cautious.
                words -= parameter.Argument is null ? 1 : 0;
            }
            else if (words >= 2)
            {
                return parameter.Extent.Text;
            }
        }

        return null;
    }
}
