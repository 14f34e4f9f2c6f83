using System.Text.RegularExpressions;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;
using ComposeLab.Files;

namespace ComposeLab.Database.Diagnosis;

/// <summary>A line of a file that gives a value.</summary>
/// <param name="Name">The variable that the line gives a value; empty where it is another attribute.</param>
/// <param name="File">The file (absolute).</param>
/// <param name="Line">The line there, from 1.</param>
/// <param name="Text">The line's text. May be secret.</param>
internal sealed partial record ValuePlace(string Name, string File, int Line, string Text)
{
    /// <summary>The variable that the whole value is taken from, as in <c>NAME: ${OTHER}</c>; null where the line says more than that, which may be secret.</summary>
    public string? Reads =>
        Assignment().Match(Text) is { Success: true } line && line.Groups["name"].Value == Name && ReadingOf().Match(line.Groups["value"].Value) is { Success: true } reference
            ? reference.Groups["name"].Value
            : null;

    /// <summary>What the line assigns, as it is written; empty where it assigns nothing. May be secret.</summary>
    public string Written => Assignment().Match(Text) is { Success: true } line && line.Groups["name"].Value == Name ? line.Groups["value"].Value.Trim() : "";

    /// <summary>The line with another value; nothing of the old one is in it.</summary>
    /// <param name="value">The value, without a need for quotes.</param>
    /// <returns>The line without its indentation; null where it does not assign the variable and nothing else.</returns>
    public string? With(string value) =>
        Assignment().Match(Text) is { Success: true } line && line.Groups["name"].Value == Name ? line.Groups["head"].Value + value : null;

    /// <summary>The place as people and editors write it.</summary>
    /// <returns><c>file:line</c>.</returns>
    public override string ToString() => $"{File}:{Line}";

    [GeneratedRegex(@"^\s*(?<head>(?:-\s+)?(?:export\s+)?(?<name>\w+)(?::\s+|\s*=\s*))(?<value>\S.*)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(?<quote>[""']?)\$(?:(?<name>\w+)|\{(?<name>\w+)(?::?[?-][^}]*)?\})\k<quote>\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadingOf();
}

/// <summary>Finds where the project writes what a diagnosis asks to change, and words the edits. No edit shows a secret.</summary>
/// <param name="project">The project.</param>
internal sealed partial class ValuePlaces(ComposeProject project)
{
    /// <summary>The lines that give a variable of a service its value: its own, then those of the variables that it reads.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable, or the one that <c>_FILE</c> stands for.</param>
    /// <returns>The places; none where no file gives the value.</returns>
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

    /// <summary>The line where a value really stands: behind a variable that is the whole value, that variable's line.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <returns>The place; null where no file gives the value.</returns>
    public ValuePlace? Root(ServiceDefinition service, string? variable)
    {
        if (Node(service, variable) is { } found && found.Name != variable && ServiceVariables.HostPath(project, service, found.Node.Text) is { } file)
        {
            return new ValuePlace(found.Name, file, 1, "");
        }

        IReadOnlyList<ValuePlace> places = Of(service, variable);
        return places is [{ Reads: not null }, { } read] ? read : places.Count > 0 ? places[0] : null;
    }

    /// <summary>Says which variable of which service is meant and where it stands.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="part">The part of its value that is meant; null: all of it. A variable that holds just this part is where it stands.</param>
    /// <returns><c>DATABASE_URL of api (compose.yaml:12)</c>.</returns>
    public string Describe(ServiceDefinition service, string variable, string? part = null)
    {
        ValuePlace? place = (part is null ? null : Of(service, variable).Skip(1).FirstOrDefault(read => read.Written.Trim('"', '\'') == part)) ?? Root(service, variable);
        return place is null ? $"{variable} of {service.Name}" : $"{variable} of {service.Name} ({Short(place)})";
    }

    /// <summary>A place with its file's path as seen from the project's folder.</summary>
    /// <param name="place">The place.</param>
    /// <returns><c>file:line</c>.</returns>
    public string Short(ValuePlace place) => $"{Path.GetRelativePath(project.WorkingDirectory, place.File)}:{place.Line}";

    /// <summary>Words the edit of one part of a variable's value.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="old">The part as it is.</param>
    /// <param name="value">The part as it should be.</param>
    /// <param name="contexts">The texts in which the part may stand in a line, <c>{0}</c> for the part; the first that a line holds once is used.</param>
    /// <returns><c>In FILE:LINE write NEW instead of OLD</c>, or the whole line; null where no line holds the part alone.</returns>
    public string? Edit(ServiceDefinition service, string? variable, string old, string value, params ReadOnlySpan<string> contexts)
    {
        IReadOnlyList<ValuePlace> places = Of(service, variable);
        foreach (ValuePlace place in places)
        {
            foreach (string context in contexts)
            {
                string from = context.Replace("{0}", old, StringComparison.Ordinal);
                if (Count(place.Text, from) == 1 && IsPlain(from))
                {
                    return $"In {place} write {context.Replace("{0}", value, StringComparison.Ordinal)} instead of {from}";
                }
            }
        }

        // The part is the whole value of a variable that the line reads, or of the line itself.
        foreach (ValuePlace place in places.Skip(1).Concat(places.Take(1)))
        {
            if (place.Written.Trim('"', '\'') == old && place.With(value) is { } line)
            {
                return $"In {place} write {line}";
            }
        }

        return null;
    }

    /// <summary>Words the edit that gives a variable another whole value.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="value">The value, which shows no secret.</param>
    /// <returns>The edit; null where no line assigns the variable and nothing else.</returns>
    public string? Assign(ServiceDefinition service, string? variable, string value) =>
        Of(service, variable) is [{ } place, ..] && place.With(value) is { } line ? $"In {place} write {line}" : null;

    /// <summary>Words the edit of a text in the line of an attribute.</summary>
    /// <param name="origin">Where the attribute's value stands.</param>
    /// <param name="from">The text, which must stand there once.</param>
    /// <param name="to">What to write instead.</param>
    /// <returns>The edit; null where the line does not hold the text once.</returns>
    public string? Replace(Origin origin, string from, string to) =>
        Place("", origin) is { } place && Count(place.Text, from) == 1 && IsPlain(from) ? $"In {place} write {to} instead of {from}" : null;

    /// <summary>Words the edit that takes the line of an attribute out.</summary>
    /// <param name="origin">Where the attribute's value stands.</param>
    /// <param name="start">How the line must begin, so that nothing else goes with it.</param>
    /// <returns>The edit, which turns the line into a comment; null where the line does not begin so, or shows a secret.</returns>
    public string? CommentOut(Origin origin, string start) =>
        Place("", origin) is { } place && place.Text.TrimStart() is var text && text.StartsWith(start, StringComparison.Ordinal) && IsPlain(text)
            ? $"In {place} write # {text}"
            : null;

    /// <summary>Words the edit that writes the line of an attribute anew.</summary>
    /// <param name="origin">Where the attribute's value stands.</param>
    /// <param name="start">How the line must begin.</param>
    /// <param name="line">The new line, without its indentation.</param>
    /// <returns>The edit; null where the line does not begin so.</returns>
    public string? Rewrite(Origin origin, string start, string line) =>
        Place("", origin) is { } place && place.Text.TrimStart().StartsWith(start, StringComparison.Ordinal) ? $"In {place} write {line}" : null;

    /// <summary>The node of a variable.</summary>
    /// <param name="service">The service.</param>
    /// <param name="variable">The variable, or the one that <c>_FILE</c> stands for.</param>
    /// <returns>Its name as it is written and its value; null where the service has none.</returns>
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
    /// <param name="name">The variable that it is about; empty for none.</param>
    /// <param name="origin">Where the value stands.</param>
    /// <returns>The place; null where no file holds the value.</returns>
    public ValuePlace? Place(string name, Origin origin) => origin.IsInFile ? Place(name, origin.File, origin.Line) : null;

    private ValuePlace Place(string name, string file, int line)
    {
        // A file is noted as it was given; whoever types the recommendation may stand elsewhere.
        string path = Path.IsPathRooted(file)
            ? file
            : project.ComposeFiles.FirstOrDefault(given => given.EndsWith(Path.DirectorySeparatorChar + file, StringComparison.Ordinal))
                ?? Path.GetFullPath(file, project.WorkingDirectory);
        return new ValuePlace(name, path, line, TextFile.Line(path, line));
    }

    private static int Count(string text, string part) => part.Length == 0 ? 0 : (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    private static bool IsPlain(string text) => SecretMask.Standard.MaskText(text) == text;
}
