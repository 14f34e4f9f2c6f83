using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>Loads projects from compose text.</summary>
internal static class Projects
{
    /// <summary>Loads a project from one Compose file in a separate directory, which is deleted afterwards.</summary>
    /// <param name="yaml">The compose file.</param>
    /// <param name="environment">The variables it sees.</param>
    /// <param name="name">The project's name.</param>
    public static ComposeProject Load(string yaml, IReadOnlyDictionary<string, string>? environment = null, string name = "lab")
    {
        string directory = Directory.CreateTempSubdirectory("composelab-plan-").FullName;
        try
        {
            return LoadFrom(directory, yaml, environment, name);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Loads a project from one compose file, which is written into a directory.</summary>
    /// <param name="directory">The project directory.</param>
    /// <param name="yaml">The compose file.</param>
    /// <param name="environment">The variables it sees.</param>
    /// <param name="name">The project's name.</param>
    public static ComposeProject LoadFrom(string directory, string yaml, IReadOnlyDictionary<string, string>? environment, string name)
    {
        File.WriteAllText(Path.Combine(directory, "compose.yaml"), yaml);
        return ComposeLoader.Load(
            new ComposeRequest
            {
                WorkingDirectory = directory,
                ProjectName = name,
                Environment = environment ?? new Dictionary<string, string>(),
            },
            CancellationToken.None);
    }
}
