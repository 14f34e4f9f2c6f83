using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;

namespace ComposeLab.Compose.Loading;

/// <summary>Finds the base file of a project by the names of the Compose Specification.</summary>
public static class BaseFileSearch
{
    /// <summary>The names in order of preference.</summary>
    public static IReadOnlyList<string> Names { get; } = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    /// <summary>Finds the base file in a directory, or in its nearest parent that has one.</summary>
    /// <param name="directory">The absolute directory.</param>
    /// <returns>The absolute path of the file; null if there is none.</returns>
    public static string? Find(string directory)
    {
        for (string? folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(Path.Exists) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>Finds the Compose files of a request: the specified ones, those in <c>COMPOSE_FILE</c>, or the well-known names in this folder and its
/// parents.</summary>
/// <param name="session">The load.</param>
internal sealed class FileDiscovery(LoadSession session)
{
    private static readonly string[] OverrideNames =
        ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    /// <summary>The files of the request itself.</summary>
    /// <returns>The files; empty if the request specifies none.</returns>
    public IReadOnlyList<ComposeFile> Given() => session.Request.Files.Select(Given).ToArray();

    /// <summary>The files if the request specifies none.</summary>
    /// <param name="scope">The variables known so far.</param>
    /// <returns>The files.</returns>
    /// <exception cref="ComposeException">There is none.</exception>
    public IReadOnlyList<ComposeFile> Find(VariableScope scope)
    {
        if (scope.TryGet("COMPOSE_FILE", out Variable? files))
        {
            string separator = scope.TryGet("COMPOSE_PATH_SEPARATOR", out Variable? given) && given.Value.Length > 0
                ? given.Value
                : session.Request.Paths.ListSeparator.ToString();
            return files.Value.Split(separator).Select(Given).ToArray();
        }

        string start = session.Request.ProjectDirectory is { Length: > 0 } directory ? session.Absolute(directory) : session.Request.WorkingDirectory;
        if (BaseFileSearch.Find(start) is { } found)
        {
            return First(Path.GetDirectoryName(found)!, OverrideNames) is { } overriding ? [session.FileAt(found), overriding] : [session.FileAt(found)];
        }

        throw new ComposeException(
            ComposeErrorId.ComposeFileNotFound,
            $"No Compose file found in '{start}' or its parent folders. Expected one of {string.Join(", ", BaseFileSearch.Names)}.",
            "Change to the project folder, or specify the file.");
    }

    private ComposeFile Given(string path) => RemoteReference.Of(path) is { } remote ? session.Fetched(remote) : new(session.Absolute(path), path);

    private ComposeFile? First(string folder, string[] names)
    {
        string? found = names.Select(name => session.Request.Paths.Join(folder, name)).FirstOrDefault(Path.Exists);
        return found is null ? null : session.FileAt(found);
    }
}
