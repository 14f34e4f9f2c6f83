using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;

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

    /// <summary>Loads a project as if it were in <c>C:\\shop</c> of a machine with Windows.</summary>
    /// <param name="yaml">The compose file.</param>
    public static ComposeProject LoadForWindows(string yaml)
    {
        string directory = Directory.CreateTempSubdirectory("composelab-plan-").FullName;
        try
        {
            string file = Path.Combine(directory, "compose.yaml");
            File.WriteAllText(file, yaml);
            return ComposeLoader.Load(
                new ComposeRequest
                {
                    WorkingDirectory = directory,
                    Files = [file],
                    ProjectDirectory = @"C:\shop",
                    ProjectName = "lab",
                    Environment = new Dictionary<string, string> { ["USERPROFILE"] = @"C:\Users\someone" },
                    Paths = new HostPaths(IsWindows: true),
                },
                CancellationToken.None);
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
