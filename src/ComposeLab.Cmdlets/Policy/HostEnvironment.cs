using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Rules;

namespace ComposeLab.Policy;

/// <summary>The machine as rules see it: small text files, folders, and answers of git.</summary>
/// <param name="environment">The environment of the process.</param>
/// <param name="token">Cancels the queries.</param>
internal sealed class HostEnvironment(IReadOnlyDictionary<string, string> environment, CancellationToken token) : IRuleEnvironment
{
    private const long LargestText = 1024 * 1024;
    private const int MostFiles = 2000;

    private readonly GitQuery _git = new(token);

    /// <inheritdoc/>
    public string? Home => HostPaths.Current.HomeOf(environment);

    /// <inheritdoc/>
    public GitState GitStateOf(string path) => _git.StateOf(path);

    /// <inheritdoc/>
    public string? ReadText(string path)
    {
        token.ThrowIfCancellationRequested();
        try
        {
            var file = new FileInfo(path);
            // A pipe has no length, and reading it might never end.
            return !file.Exists || file.Length > LargestText ? null : file.Length == 0 ? "" : File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FilesIn(string folder)
    {
        token.ThrowIfCancellationRequested();
        try
        {
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Take(MostFiles).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
