using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace ComposeLab.Shell.Hosting;

/// <summary>Turns command line words into script parameters, as <c>pwsh -File</c> does.</summary>
internal static partial class ScriptArguments
{
    /// <summary>Reads the words.</summary>
    /// <param name="words">The words behind the script's name.</param>
    /// <returns>
    /// Parameters in order: <c>-Name</c> (its value, if any, is the next word), <c>-Name:value</c> in one, and positional words.
    /// </returns>
    public static IEnumerable<CommandParameter> Parse(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var match = Name().Match(word);
            if (!match.Success)
            {
                yield return new CommandParameter(null, word);
            }
            else if (match.Groups["value"] is { Success: true, Value: var value })
            {
                yield return new CommandParameter(match.Groups["name"].Value, Value(value));
            }
            else
            {
                // With its dash and without a value the engine binds it as if it had been typed.
                yield return new CommandParameter(word, null);
            }
        }
    }

    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" or "true" => true,
        "$false" or "false" => false,
        _ => text,
    };

    [GeneratedRegex(@"^-(?<name>[A-Za-z_]\w*)(:(?<value>.+))?$")]
    private static partial Regex Name();
}
