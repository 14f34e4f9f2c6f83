using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ComposeLab.Shell.Specs;

/// <summary>Names such as <c>adds &lt;a&gt; and &lt;user.name&gt;</c>; a backtick keeps a bracket.</summary>
internal static partial class SpecTemplate
{
    /// <summary>Turns a name into code that expands it where it runs.</summary>
    /// <param name="name">The name as written.</param>
    public static ScriptBlock Compile(string name)
    {
        if (!name.Contains('<', StringComparison.Ordinal))
        {
            return ScriptBlock.Create($"'{name.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        var quoted = name.Replace("$", "`$", StringComparison.Ordinal).Replace("\"", "`\"", StringComparison.Ordinal);
        return ScriptBlock.Create($"\"{Template().Replace(quoted, "$$($$$1)")}\"");
    }

    [GeneratedRegex("(?<!`)<([^>^`]+)>")]
    private static partial Regex Template();
}
