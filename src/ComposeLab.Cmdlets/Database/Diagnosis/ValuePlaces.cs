using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;
using ComposeLab.Files;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <summary>A line in a file that sets a value.</summary>
/// <param name="Name">The variable that the line sets; empty for another attribute.</param>
/// <param name="File">The file (absolute).</param>
/// <param name="Line">The line there, from 1.</param>
/// <param name="Text">The line's text. May be secret.</param>
internal sealed partial record ValuePlace(string Name, string File, int Line, string Text)
{
    /// <summary>The variable that provides the whole value, as in <c>NAME: ${OTHER}</c>; null if the line contains more than that, which may be secret.</summary>
    public string? Reads =>
        Assignment().Match(Text) is { Success: true } line && line.Groups["name"].Value == Name && ReadingOf().Match(line.Groups["value"].Value) is { Success: true } reference
            ? reference.Groups["name"].Value
            : null;

    /// <summary>The assigned value as written; empty if nothing is assigned. May be secret.</summary>
    public string Written => Assignment().Match(Text) is { Success: true } line && line.Groups["name"].Value == Name ? line.Groups["value"].Value.Trim() : "";

    /// <summary>The line with another value; it contains nothing of the old one.</summary>
    /// <param name="value">The value, which needs no quotes.</param>
    /// <returns>The line without its indentation; null if it does not assign only the variable.</returns>
    public string? With(string value) =>
        Assignment().Match(Text) is { Success: true } line && line.Groups["name"].Value == Name ? line.Groups["head"].Value + value : null;

    /// <summary>The place in the usual form of editors; an unusual path is quoted, so that a pasted line runs nothing of it.</summary>
    /// <returns><c>file:line</c>.</returns>
    public override string ToString() => $"{CommandText.Quote(File)}:{Line}";

    [GeneratedRegex(@"^\s*(?<head>(?:-\s+)?(?:export\s+)?(?<name>\w+)(?::\s+|\s*=\s*))(?<value>\S.*)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(?<quote>[""']?)\$(?:(?<name>\w+)|\{(?<name>\w+)(?::?[?-][^}]*)?\})\k<quote>\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadingOf();
}

/// <summary>Finds the places in the project that a diagnosis wants to change, and writes the edits. No edit shows a secret.</summary>
/// <param name="project">The project.</param>
internal sealed partial class ValuePlaces(ComposeProject project)
{
    // A diagnosis looks at many values of the same few files.
    private readonly Dictionary<string, IReadOnlyList<string>> _lines = new(StringComparer.Ordinal);

    /// <summary>The lines that set a variable of a service: its own line, then those of the variables in its value.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable, or the one that <c>_FILE</c> stands for.</param>
    /// <returns>The places; none if no file sets the value.</returns>
    public IReadOnlyList<ValuePlace> Of(ServiceDefinition service, string? variable)
    {
        if (Node(service, variable) is not { } found)
        {
            return [];
        }

        List<ValuePlace> places = [];
        if (Place(found.Name, found.Node.Origin) is { } own)
        {
            places.Add(own);
        }

        places.AddRange(found.Node.Origin.Variables.Where(use => use is { File: not null, Line: > 0 }).Select(use => Place(use.Name, use.File!, use.Line)));
        return places;
    }

    /// <summary>The line that contains the actual value: if a variable is the whole value, the line of that variable.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <returns>The place; null if no file sets the value.</returns>
    public ValuePlace? Root(ServiceDefinition service, string? variable)
    {
        if (Node(service, variable) is { } found && found.Name != variable && ServiceVariables.HostPath(project, service, found.Node.Text) is { } file)
        {
            return new ValuePlace(found.Name, file, 1, "");
        }

        IReadOnlyList<ValuePlace> places = Of(service, variable);
        return places is [{ Reads: not null }, { } read] ? read : places.Count > 0 ? places[0] : null;
    }

    /// <summary>Describes a variable of a service and its place.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="part">The relevant part of its value; null for all of it. A variable that contains only this part is preferred.</param>
    /// <returns><c>DATABASE_URL of api (compose.yaml:12)</c>.</returns>
    public string Describe(ServiceDefinition service, string variable, string? part = null)
    {
        ValuePlace? place = (part is null ? null : Of(service, variable).Skip(1).FirstOrDefault(read => read.Written.Trim('"', '\'') == part)) ?? Root(service, variable);
        return $"{CommandText.Quote(variable)} of {service.Name}{(place is null ? "" : $" ({Short(place)})")}";
    }

    /// <summary>A place with the path relative to the project folder.</summary>
    /// <param name="place">The place.</param>
    /// <returns><c>file:line</c>.</returns>
    public string Short(ValuePlace place) => $"{CommandText.Quote(Path.GetRelativePath(project.WorkingDirectory, place.File))}:{place.Line}";

    /// <summary>Writes the edit of one part of a variable's value.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="old">The current part.</param>
    /// <param name="value">The correct part.</param>
    /// <param name="contexts">The texts that can surround the part in a line, with <c>{0}</c> for the part; the first one that occurs exactly once is used.</param>
    /// <returns><c>In FILE:LINE write NEW instead of OLD</c>, or the whole line; null if no line contains the part alone.</returns>
    public string? Edit(ServiceDefinition service, string? variable, string old, string value, params ReadOnlySpan<string> contexts)
    {
        IReadOnlyList<ValuePlace> places = Of(service, variable);
        foreach (ValuePlace place in places)
        {
            foreach (string context in contexts)
            {
                string from = context.Replace("{0}", old, StringComparison.Ordinal);
                if (Count(place.Text, from) == 1 && IsPlain(from) && IsOrdinary(old) && IsOrdinary(value))
                {
                    return $"In {place} write {context.Replace("{0}", value, StringComparison.Ordinal)} instead of {from}";
                }
            }
        }

        // The part is the whole value of a variable in the line, or of the line itself.
        foreach (ValuePlace place in places.Skip(1).Concat(places.Take(1)))
        {
            if (place.Written.Trim('"', '\'') == old && IsOrdinary(value) && place.With(value) is { } line)
            {
                return $"In {place} write {line}";
            }
        }

        return null;
    }

    /// <summary>Writes the edit that sets a variable to another value.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="value">The value, without secrets.</param>
    /// <returns>The edit; null if no line assigns only the variable.</returns>
    public string? Assign(ServiceDefinition service, string? variable, string value) =>
        IsOrdinary(value) && Of(service, variable) is [{ } place, ..] && place.With(value) is { } line ? $"In {place} write {line}" : null;

    /// <summary>Writes the edit of a text in the line of an attribute.</summary>
    /// <param name="origin">The place of the attribute's value.</param>
    /// <param name="from">The text, which must occur exactly once.</param>
    /// <param name="to">The new text.</param>
    /// <returns>The edit; null if the line does not contain the text exactly once.</returns>
    public string? Replace(Origin origin, string from, string to) =>
        Place("", origin) is { } place && Count(place.Text, from) == 1 && IsPlain(from) && IsOrdinary(from) && IsOrdinary(to) ? $"In {place} write {to} instead of {from}" : null;

    /// <summary>Writes the edit that removes the line of an attribute.</summary>
    /// <param name="origin">The place of the attribute's value.</param>
    /// <param name="start">The required start of the line, so that nothing else is removed.</param>
    /// <returns>The edit, which makes the line a comment; null if the line starts differently or shows a secret.</returns>
    public string? CommentOut(Origin origin, string start) =>
        Place("", origin) is { } place && place.Text.TrimStart() is var text && text.StartsWith(start, StringComparison.Ordinal) && IsPlain(text)
            ? $"In {place} write # {text}"
            : null;

    /// <summary>Writes the edit that replaces the line of an attribute.</summary>
    /// <param name="origin">The place of the attribute's value.</param>
    /// <param name="start">The required start of the line.</param>
    /// <param name="line">The new line, without its indentation.</param>
    /// <returns>The edit; null if the line starts differently.</returns>
    public string? Rewrite(Origin origin, string start, string line) =>
        Place("", origin) is { } place && place.Text.TrimStart().StartsWith(start, StringComparison.Ordinal) ? $"In {place} write {line}" : null;

    /// <summary>The node of a variable.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable, or the one that <c>_FILE</c> stands for.</param>
    /// <returns>Its name as written and its value; null if the service does not have it.</returns>
    public static (string Name, ScalarNode Node)? Node(ServiceDefinition service, string? variable)
    {
        if (variable is null || service.Node["environment"] is not MappingNode environment)
        {
            return null;
        }

        string name = environment[variable] is null ? variable + "_FILE" : variable;
        return environment[name] is ScalarNode scalar ? (name, scalar) : null;
    }

    /// <summary>The line of an attribute.</summary>
    /// <param name="name">The variable in the line; empty for none.</param>
    /// <param name="origin">The place of the value.</param>
    /// <returns>The place; null if no file contains the value.</returns>
    public ValuePlace? Place(string name, Origin origin) => origin.IsInFile ? Place(name, origin.File, origin.Line) : null;

    private ValuePlace Place(string name, string file, int line)
    {
        // A file is recorded as it was specified, but the recommendation may be used in another folder.
        string path = project.FileShownAs(file) ?? Path.GetFullPath(file, project.WorkingDirectory);
        if (!_lines.TryGetValue(path, out IReadOnlyList<string>? lines))
        {
            _lines[path] = lines = TextFile.Lines(path);
        }

        return new ValuePlace(name, path, line, lines.ElementAtOrDefault(line - 1) ?? "");
    }

    private static int Count(string text, string part) => part.Length == 0 ? 0 : (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    // A recommendation may be pasted as a whole: text of an edit must not start another command.
    private static bool IsOrdinary(string text) => !Runnable().IsMatch(text);

    private static bool IsPlain(string text) => SecretMask.Standard.MaskText(text) == text;

    [GeneratedRegex(@"[;|&`\r\n\u2028\u2029(]|(?<!\$)\{", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Runnable();
}
