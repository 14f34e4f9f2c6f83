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
}
