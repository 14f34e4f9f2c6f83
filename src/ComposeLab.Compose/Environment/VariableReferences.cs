using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>Finds every variable that Compose files use: in expressions, and as bare names.</summary>
public static class VariableReferences
{
    private static readonly Variable Something = new("something", VariableSource.None);

    /// <summary>Finds the references.</summary>
    /// <param name="project">The project; interpolation is not necessary.</param>
    /// <returns>The references in the order of files and lines.</returns>
    public static IReadOnlyList<VariableReference> Of(ComposeProject project) => project.Sources
        .SelectMany(source => source.Documents.SelectMany(document => Walk(document, ProjectAttributes.Type, source)))
        .DistinctBy(reference => (reference.Name, reference.Origin.File, reference.Origin.Line, reference.Origin.Column))
        .ToArray();

    /// <summary>The value of a default.</summary>
    /// <param name="text">The default as written.</param>
    /// <param name="scope">The variables for the expansion.</param>
    /// <returns>The expanded default, or the default as written if it cannot be expanded.</returns>
    public static string ValueOf(string text, VariableScope scope)
    {
        try
        {
            return new TemplateExpander(scope.Find).Expand(text);
        }
        catch (TemplateException)
        {
            return text;
        }
    }

    private static IEnumerable<VariableReference> Walk(Node node, AttributeType? type, SourceFile source)
    {
        bool takesVariables = type?.TakesVariables == true;
        switch (node)
        {
            case MappingNode mapping:
                return mapping.Entries.SelectMany(entry => takesVariables && entry.Value is ScalarNode { IsNull: true }
                    ? [new VariableReference(entry.Key, entry.KeyOrigin, null, false, source.Variables)]
                    : Walk(entry.Value, type?.Below(entry.Key), source));
            case SequenceNode list:
                return list.Items.SelectMany(item => takesVariables && item is ScalarNode { Kind: ScalarKind.String } bare && IsName(bare.Text)
                    ? [new VariableReference(bare.Text, bare.Origin, null, false, source.Variables)]
                    : Walk(item, type?.Items, source));
            case ScalarNode { Kind: ScalarKind.String } scalar when takesVariables && IsName(scalar.Text):
                return [new VariableReference(scalar.Text, scalar.Origin, null, false, source.Variables)];
            case ScalarNode { Kind: ScalarKind.String } scalar when scalar.Text.Contains('$', StringComparison.Ordinal):
                return Expressions(scalar, source);
            default:
                return [];
        }
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(static c => c == '_' || char.IsAsciiLetterOrDigit(c));

    private static List<VariableReference> Expressions(ScalarNode scalar, SourceFile source)
    {
        // Every variable counts as set, so that a required variable does not end the search.
        var expander = new TemplateExpander(_ => Something, everyBranch: true);
        try
        {
            expander.Expand(scalar.Text);
        }
        catch (TemplateException)
        {
            return [];
        }

        var places = new ReferencePlaces(source.Text, scalar.Origin);
        return [.. expander.References.OrderBy(reference => reference.Offset).Select(reference => new VariableReference(
            reference.Name,
            places.Next(reference.Name),
            reference.Operator is { Kind: '-' } ? reference.Operand : null,
            reference.Operator is { Kind: '?' },
            source.Variables))];
    }
}

/// <summary>A place in a Compose file that uses a variable.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Origin">The place of its name.</param>
/// <param name="Default">The default at this place, as written; null if there is none.</param>
/// <param name="IsRequired">Whether the place requires the variable.</param>
/// <param name="Scope">The variables at this place.</param>
public sealed record VariableReference(string Name, Origin Origin, string? Default, bool IsRequired, VariableScope Scope);

/// <summary>Finds the places of a value's expressions in its file, also in values of several lines.</summary>
/// <param name="text">The file's text.</param>
/// <param name="start">The start of the value.</param>
internal sealed class ReferencePlaces(string text, Origin start)
{
    private int _position = OffsetOf(text, start);

    /// <summary>The place of the next expression.</summary>
    /// <param name="name">The variable in it.</param>
    /// <returns>The place of its dollar sign; the start of the value if it cannot be found.</returns>
    public Origin Next(string name)
    {
        int plain = text.IndexOf("$" + name, _position, StringComparison.Ordinal);
        int braced = text.IndexOf("${" + name, _position, StringComparison.Ordinal);
        int found = plain < 0 ? braced : braced < 0 ? plain : Math.Min(plain, braced);
        if (found < 0)
        {
            return start;
        }

        _position = found + 1;
        int line = start.Line + text.AsSpan(OffsetOf(text, start), found - OffsetOf(text, start)).Count('\n');
        int lineStart = found == 0 ? 0 : text.LastIndexOf('\n', found - 1) + 1;
        return new Origin(start.File, line, found - lineStart + 1);
    }

    private static int OffsetOf(string text, Origin place)
    {
        int offset = 0;
        for (int line = 1; line < place.Line; line++)
        {
            int end = text.IndexOf('\n', offset);
            if (end < 0)
            {
                return offset;
            }

            offset = end + 1;
        }

        return Math.Min(offset + Math.Max(0, place.Column - 1), text.Length);
    }
}
