using System.Text;
using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Projects;

/// <summary>Writes cmdlets with the parameters of the current project, for recommendations that can be pasted.</summary>
/// <param name="selection">What the user chose.</param>
/// <param name="profile">The lab profile of the stack; null if it is unknown or none.</param>
internal sealed class CommandText(ProjectSelection selection, string? profile = null)
{
    private readonly string _selection = Select(selection, profile);

    /// <summary>The docker context or the address that the user chose; null for none.</summary>
    public string? Context => selection.Context;

    /// <summary>Writes a command.</summary>
    /// <param name="command">The cmdlet with its arguments, such as <c>Restart-LabStack db</c> or <c>Invoke-LabCommand db -- id</c>.</param>
    /// <returns>The command with the parameters that select the project, placed before the words that the cmdlet passes on.</returns>
    public string Of(string command)
    {
        int end = CommandWord.PassedOnAt(command);
        return end < 0 ? command + _selection : command.Insert(end, _selection);
    }

    /// <summary>Quotes a value so that PowerShell reads it as one word.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value, quoted if necessary.</returns>
    public static string Quote(string value) => CommandWord.Quote(value);

    private static string Select(ProjectSelection selection, string? profile)
    {
        var text = new StringBuilder();
        Add(text, "Profile", [selection.Profile ?? profile ?? ""]);
        if (selection.BundledLab)
        {
            text.Append(" -BundledLab");
        }

        Add(text, "Path", [selection.Path ?? ""]);
        Add(text, "File", selection.Files);
        Add(text, "EnvFile", selection.EnvFiles);
        Add(text, "ProjectName", [selection.ProjectName ?? ""]);
        Add(text, "ProjectDirectory", [selection.ProjectDirectory ?? ""]);
        Add(text, "ComposeProfile", selection.ComposeProfiles);
        Add(text, "Context", [selection.Context ?? ""]);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string parameter, IReadOnlyList<string> values)
    {
        if (values.Any(value => value.Length > 0))
        {
            text.Append(" -").Append(parameter).Append(' ').AppendJoin(", ", values.Select(Quote));
        }
    }
}
