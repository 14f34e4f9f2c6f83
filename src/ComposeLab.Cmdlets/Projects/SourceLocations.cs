using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Projects;

/// <summary>Converts the origins of a project to the module's objects, with absolute paths.</summary>
/// <param name="project">The project.</param>
internal sealed class SourceLocations(ComposeProject project)
{
    private readonly Dictionary<string, string> _paths = project.Sources
        .GroupBy(source => source.Display, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First().Path, StringComparer.Ordinal);

    /// <summary>Creates the object.</summary>
    /// <param name="origin">The origin of a value; may be null.</param>
    /// <returns>The place; null if no file contains the value.</returns>
    public LabSourceLocation? Of(Origin? origin) => origin is { IsInFile: true } ? At(origin.File, origin.Line, origin.Column) : null;

    /// <summary>Creates the object.</summary>
    /// <param name="file">The file as shown in messages; may be null.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1; 0 if unknown.</param>
    /// <returns>The place; null without a file.</returns>
    public LabSourceLocation? At(string? file, int line, int column = 0) => file is null
        ? null
        : new LabSourceLocation { File = _paths.TryGetValue(file, out string? path) ? path : Path.GetFullPath(file, project.WorkingDirectory), Line = line, Column = column };
}
