using System.Text.RegularExpressions;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;
using ComposeLab.Errors;

namespace ComposeLab.Database.Updates;

/// <summary>Finds what to change in the files of a project, so that a database service uses another image and another volume. Nothing is written.</summary>
/// <param name="project">The project.</param>
internal sealed partial class ProjectEdits(ComposeProject project)
{
    private readonly List<SpanEdit> _edits = [];
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>The edits so far.</summary>
    public IReadOnlyList<SpanEdit> Edits => _edits;

    /// <summary>The variables of env files with the values that they get.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>Changes the image of a service: the text of the file, or the variable or default value that the text reads.</summary>
    /// <param name="service">The service.</param>
    /// <param name="image">The new image.</param>
    /// <exception cref="LabException">UpdateNotPossible: the line cannot be changed by a program.</exception>
    public void SetImage(ServiceDefinition service, string image)
    {
        if (service.Node["image"] is not ScalarNode { Origin: { IsInFile: true, EndColumn: > 0 } origin } || SourceOf(origin) is not { } source)
        {
            throw Impossible($"no line of a file sets the image of {service.Name}", $"Set the image of {service.Name} in a Compose file");
        }

        string line = Line(source.Text, origin.Line);
        string raw = line[(origin.Column - 1)..Math.Min(line.Length, origin.EndColumn - 1)];
        IReadOnlyList<Match> expressions = Expression().Matches(raw);
        if (expressions.Count == 0 && !raw.Contains('$', StringComparison.Ordinal))
        {
            string quote = raw is ['"' or '\'', ..] ? raw[..1] : "";
            Add(source.Path, origin.Line, origin.Column, raw.Length, quote + image + quote);
            return;
        }

        // The one expression that can produce the new image while all others keep their value.
        foreach (Match expression in expressions.Where(found => found.Groups["name"].Success))
        {
            string before = Resolved(source, raw[..expression.Index].TrimStart('"', '\''));
            string after = Resolved(source, raw[(expression.Index + expression.Length)..].TrimEnd('"', '\''));
            if (image.Length > before.Length + after.Length && image.StartsWith(before, StringComparison.Ordinal) && image.EndsWith(after, StringComparison.Ordinal)
                && Set(service, source, origin, raw, expression, image[before.Length..^after.Length]))
            {
                return;
            }
        }

        throw Impossible(
            $"the image of {service.Name} is '{raw}' ({source.Display}:{origin.Line}), whose variables cannot be changed in a file to result in '{image}'",
            $"Change it there to result in {image}, or select another image with -Image");
    }

    /// <summary>Gives a volume another name on the engine.</summary>
    /// <param name="key">Its key in the project.</param>
    /// <param name="name">The new name.</param>
    /// <exception cref="LabException">UpdateNotPossible: the line cannot be changed by a program.</exception>
    public void SetVolumeName(string key, string name)
    {
        (SourceFile Source, MappingEntry Entry)[] places = [.. project.Sources
            .SelectMany(source => source.Documents.Select(document => (source, document["volumes"] as MappingNode)))
            .Select(found => (found.source, Entry: found.Item2?.TryGetEntry(key, out MappingEntry? entry) == true ? entry : null))
            .Where(found => found.Entry is not null).Select(found => (found.source, found.Entry!))];
        foreach ((SourceFile source, MappingEntry entry) in Enumerable.Reverse(places))
        {
            if ((entry.Value as MappingNode)?["name"] is ScalarNode { Origin: { IsInFile: true, EndColumn: > 0 } named })
            {
                Add(source.Path, named.Line, named.Column, named.EndColumn - named.Column, name);
                return;
            }
        }

        if (places is not [.., (var last, var definition)] || !AddName(last, definition, name))
        {
            throw Impossible($"the definition of the volume '{key}' cannot be changed by a program", $"Define it under volumes as {key}: {{ name: {name} }}");
        }
    }

    /// <summary>Mounts the data volume of a service at another path.</summary>
    /// <param name="mount">The mount.</param>
    /// <param name="target">The new path in the container.</param>
    /// <exception cref="LabException">UpdateNotPossible: the line cannot be changed by a program.</exception>
    public void SetMountTarget(MountDefinition mount, string target)
    {
        Origin origin = mount.Node["target"]?.Origin ?? mount.Origin;
        string old = mount.Target!;
        if (origin.IsInFile && SourceOf(origin) is { } source && Line(source.Text, origin.Line) is var line && line.IndexOf(old, StringComparison.Ordinal) is >= 0 and var at
            && line.IndexOf(old, at + 1, StringComparison.Ordinal) < 0)
        {
            Add(source.Path, origin.Line, at + 1, old.Length, target);
            return;
        }

        throw Impossible($"the mount of '{mount.Source}' at {old} cannot be changed by a program", $"Mount it at {target}");
    }

    /// <summary>Creates the error for an update that cannot be made.</summary>
    /// <param name="why">The reason, as a clause.</param>
    /// <param name="recommendation">What to do.</param>
    /// <returns>UpdateNotPossible.</returns>
    public static LabException Impossible(string why, string recommendation) =>
        new(LabErrorId.UpdateNotPossible, $"The database cannot be updated: {why}. Nothing was changed.", recommendation);

    private bool AddName(SourceFile source, MappingEntry entry, string name)
    {
        string line = Line(source.Text, entry.KeyOrigin.Line);
        int colon = entry.KeyOrigin.Column - 1 >= line.Length ? -1 : line.IndexOf(':', entry.KeyOrigin.Column - 1 + entry.Key.Length);
        switch (entry.Value)
        {
            case ScalarNode { Text: "" } or ScalarNode { Text: "~" or "null" } when colon >= 0:
                string after = line[(colon + 1)..];
                int empty = after.TrimStart() is ['~', ..] ? 1 : after.TrimStart().StartsWith("null", StringComparison.Ordinal) ? 4 : 0;
                int gap = empty == 0 ? 0 : after.Length - after.TrimStart().Length;
                Add(source.Path, entry.KeyOrigin.Line, colon + 2, gap + empty, $" {{ name: {name} }}");
                return true;
            case MappingNode { Origin: { IsInFile: true } at } mapping when CharAt(source.Text, at) == '{':
                Add(source.Path, at.Line, at.Column + 1, 0, $" name: {name}{(mapping.Count == 0 ? " " : ",")}");
                return true;
            case MappingNode { Entries: [{ KeyOrigin: var first }, ..] } when string.IsNullOrWhiteSpace(Line(source.Text, first.Line)[..(first.Column - 1)]):
                Add(source.Path, first.Line, 1, 0, $"{Line(source.Text, first.Line)[..(first.Column - 1)]}name: {name}\n");
                return true;
            default:
                return false;
        }
    }

    private bool Set(ServiceDefinition service, SourceFile source, Origin origin, string raw, Match expression, string value)
    {
        string name = expression.Groups["name"].Value;
        VariableUse? use = service.Node["image"]!.Origin.Variables.FirstOrDefault(variable => variable.Name == name);
        if (use is { Source: VariableSource.Default } && expression.Groups["default"] is { Success: true } written)
        {
            Add(source.Path, origin.Line, origin.Column + written.Index, written.Length, value);
            return !raw.AsSpan(written.Index, written.Length).Contains('$');
        }

        if (use is not { Source: VariableSource.DotEnv or VariableSource.EnvFile, File: { } file, Line: > 0 and var line })
        {
            return false;
        }

        string path = Path.GetFullPath(file, project.WorkingDirectory);
        string text = ComposeLab.Files.TextFile.Line(path, line);
        if (Assignment().Match(text) is not { Success: true } assignment || assignment.Groups["name"].Value != name)
        {
            return false;
        }

        Group old = assignment.Groups["value"];
        Add(path, line, old.Index + 1, old.Length, value);
        _variables[name] = value;
        return true;
    }

    // The variables of a part of the text with their current values.
    private string Resolved(SourceFile source, string text) => Expression().Replace(
        text,
        found => found.Groups["name"] is { Success: true, Value: var name }
            ? (project.Environment.GetValueOrDefault(name) ?? source.Variables.Find(name)?.Value) is { Length: > 0 } value ? value : found.Groups["default"].Value
            : "$");

    private SourceFile? SourceOf(Origin origin) => project.Sources.LastOrDefault(source => source.Display == origin.File || source.Path == origin.File);

    private void Add(string file, int line, int column, int length, string text) => _edits.Add(new SpanEdit(file, line, column, length, text));

    private static string Line(string text, int line) => text.Split('\n') is var lines && line <= lines.Length ? lines[line - 1].TrimEnd('\r') : "";

    private static char? CharAt(string text, Origin at) => Line(text, at.Line) is var line && at.Column <= line.Length ? line[at.Column - 1] : null;

    [GeneratedRegex(@"\$\$|\$(?<name>\w+)|\$\{(?<name>\w+)(?::?-(?<default>[^{}]*))?\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\s*(?:export\s+)?(?<name>\w+)\s*[=:]\s*(?<quote>[""']?)(?<value>[^""'#\s]*)\k<quote>\s*(?:#.*)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();
}
