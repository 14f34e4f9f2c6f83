using System.Collections;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Projects;

/// <summary>The environment of this process.</summary>
internal static class ProcessEnvironment
{
    /// <summary>Reads it.</summary>
    /// <returns>A copy; names are compared like on the current system.</returns>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var variables = new Dictionary<string, string>(HostPaths.Current.NameComparer);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }

    /// <summary>Reads it for a session. PowerShell does not update PWD when its location changes, so ${PWD} would be the folder in which it was started.</summary>
    /// <param name="location">The location of the session in the file system.</param>
    /// <returns>A copy. PWD is the location, unless the user has set another value.</returns>
    public static IReadOnlyDictionary<string, string> Read(string location)
    {
        IReadOnlyDictionary<string, string> variables = Read();
        return variables.GetValueOrDefault("PWD") == Environment.CurrentDirectory
            ? new Dictionary<string, string>(variables, ((Dictionary<string, string>)variables).Comparer) { ["PWD"] = location }
            : variables;
    }
}
