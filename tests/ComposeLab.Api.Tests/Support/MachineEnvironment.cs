using System.Collections;

namespace ComposeLab.Api.Tests.Support;

/// <summary>The environment of this process, with the image names in this machine's <c>compose/.env</c>.</summary>
internal static class MachineEnvironment
{
    /// <summary>Reads it. Of the file only the image names count: ports and passwords there are the user's.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
        var file = Path.Combine(LabFolder.Repository(), "compose", ".env");
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            if (line.Split('=', 2) is [var name, var image] && name.EndsWith("_IMAGE", StringComparison.Ordinal) && !name.StartsWith('#'))
            {
                environment.TryAdd(name, image);
            }
        }

        return environment;
    }
}
