using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Writing;

namespace ComposeLab.Projects;

/// <summary>
/// Loads and writes a small project and discards the result, so that the runtime compiles the code that a command will need a moment later, on another core, while
/// the import continues. The module's loader calls it.
/// </summary>
internal static class ProjectPreload
{
    /// <summary>Loads and writes it.</summary>
    /// <param name="file">The absolute path of the compose file.</param>
    public static void Run(string file)
    {
        try
        {
            Text(file);
        }
        catch (ComposeException)
        {
            // A command reports errors of a project that the user selected.
        }
    }

    /// <summary>The merged configuration of the project.</summary>
    /// <param name="file">The absolute path of the compose file.</param>
    /// <exception cref="ComposeException">Any error in the file.</exception>
    internal static string Text(string file)
    {
        var request = new ComposeRequest { WorkingDirectory = Path.GetDirectoryName(file)!, Files = [file] };
        return ComposeYamlWriter.Write(ComposeLoader.Load(request, CancellationToken.None), new ComposeWriteOptions());
    }
}
