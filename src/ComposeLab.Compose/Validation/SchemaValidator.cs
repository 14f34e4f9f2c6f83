using System.Globalization;
using System.Text.RegularExpressions;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Checks a model against the types of the specification.</summary>
public static class SchemaValidator
{
    private const string ExtensionPrefix = "x-";

    private static readonly string[] Durations =
        ["interval", "timeout", "start_period", "start_interval", "stop_grace_period", "delay", "window", "monitor"];

    /// <summary>Checks a merged model before its short syntaxes are expanded.</summary>
    /// <param name="root">The model.</param>
    /// <exception cref="ComposeException">An attribute is unknown or missing, or a value has the wrong type.</exception>
    public static void Validate(MappingNode root) => Check(root, ProjectAttributes.Type, new Place(ModelPath.Root, null, -1));

    /// <summary>Checks the forms of a file that is only read because its services are extended; their content is checked after the merge.</summary>
    /// <param name="root">The file's model.</param>
    /// <exception cref="ComposeException">A value has a form that cannot be expanded.</exception>
    public static void ValidateExtended(MappingNode root) => TableWalk.Change(root, Phases.Extends, (type, node, path) =>
        type.ScalarsWhenExtended is not { } scalars || Fits(node, type, scalars) ? node : throw Broken(node, path, type));

    private static bool Fits(Node node, AttributeType type, ScalarSorts scalars) => node switch
    {
        MappingNode => type.Attributes is not null || type.Values is not null,
        SequenceNode => type.Items is not null,
        ScalarNode scalar => (scalars & SortOf(scalar)) != 0,
        _ => false,
    };

    private static void Check(Node node, AttributeType type, Place place)
    {
        if (type.IsAny)
        {
            CheckFinite(node);
            return;
        }

        if (!Fits(node, type, type.Scalars))
        {
            throw Broken(node, place.Path, type);
        }

        switch (node)
        {
            case ScalarNode scalar:
                CheckFinite(scalar);
                CheckScalar(scalar, type, place);
                break;
            case SequenceNode list:
                CheckItems(list, type, place.Path);
                break;
            case MappingNode mapping when type.Attributes is { } rows:
                CheckAttributes(mapping, type, rows, place.Path);
                break;
            case MappingNode mapping:
                CheckNames(mapping, type, place.Path);
                break;
        }
    }

    private static void CheckScalar(ScalarNode scalar, AttributeType type, Place place)
    {
        if (scalar.Kind == ScalarKind.String)
        {
            bool isChosen = type.Choices.Count == 0 || type.Choices.Contains(scalar.Text, StringComparer.Ordinal);
            if (!isChosen || type.Pattern?.IsMatch(scalar.Text) == false)
            {
                throw Broken(scalar, place.Path, type, $"'{SecretMask.Standard.MaskText(scalar.Text)}'");
            }
        }
        else if ((type.Minimum != long.MinValue || type.Maximum != long.MaxValue)
            && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && ((type.Minimum != long.MinValue && number < type.Minimum) || (type.Maximum != long.MaxValue && number > type.Maximum)))
        {
            throw Broken(scalar, place.Path, type, scalar.Text);
        }
    }

    private static void CheckItems(SequenceNode list, AttributeType type, ModelPath path)
    {
        Repetition? repetition = type.UniqueItems && list.Count > 1 ? new Repetition(list) : null;
        for (int index = 0; index < list.Count; index++)
        {
            Node item = list.Items[index];
            Check(item, type.Items!, new Place(path, null, index));
            if (repetition?.Earlier(item) is { } first)
            {
                ModelPath place = path.Item(index);
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid,
                    $"{place} is a duplicate; the first one is at {first.Origin}. Each item is allowed only once.",
                    "Remove one of the two.",
                    item.Origin,
                    place.ToString());
            }
        }
    }

    private static void CheckAttributes(MappingNode mapping, AttributeType type, IReadOnlyList<AttributeRow> rows, ModelPath path)
    {
        foreach (MappingEntry entry in mapping.Span)
        {
            if (type.Row(entry.Key) is { } row)
            {
                Check(entry.Value, row.Type, new Place(path, entry.Key, -1));
            }
            else if (type.Others != OtherKeys.Any && !(type.Others == OtherKeys.Extensions && entry.Key.StartsWith(ExtensionPrefix, StringComparison.Ordinal)))
            {
                throw Unknown(entry, type, rows, path);
            }
            else
            {
                CheckFinite(entry.Value);
            }
        }

        foreach (AttributeRow row in type.Required)
        {
            if (!mapping.Contains(row.Name))
            {
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid,
                    $"{path} must have the attribute '{row.Name}' ({row.Type.Expected}).",
                    $"Add '{row.Name}:' to {path}.",
                    mapping.Origin,
                    path.ToString());
            }
        }
    }

    private static void CheckNames(MappingNode mapping, AttributeType type, ModelPath path)
    {
        foreach (MappingEntry entry in mapping.Span)
        {
            if (type.Names?.IsMatch(entry.Key) != false)
            {
                Check(entry.Value, type.Values!, new Place(path, entry.Key, -1));
            }
            else if (type.Others != OtherKeys.Any)
            {
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid,
                    $"A name in {path} must be {type.NameWords}, found '{ValueDescription.Shorten(entry.Key.ReplaceLineEndings(" "))}'.",
                    "Rename it.",
                    entry.KeyOrigin,
                    path.Below(entry.Key).ToString());
            }
            else
            {
                CheckFinite(entry.Value);
            }
        }
    }

    private static void CheckFinite(Node node)
    {
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Float, Text: "+Inf" or "-Inf" or "NaN" } scalar:
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid, $"Expected a finite number, found {scalar.Text}.", "Write a number, or quote the value to make it a string.", scalar.Origin);
            case MappingNode mapping:
                foreach (MappingEntry entry in mapping.Span)
                {
                    CheckFinite(entry.Value);
                }

                break;
            case SequenceNode list:
                foreach (Node item in list.Items)
                {
                    CheckFinite(item);
                }

                break;
        }
    }

    private static ComposeException Unknown(MappingEntry entry, AttributeType type, IReadOnlyList<AttributeRow> rows, ModelPath path)
    {
        string place = path.ToString();
        string[] known = rows.Select(row => row.Name).Order(StringComparer.Ordinal).ToArray();
        string? nearest = NearestWord.Of(entry.Key, known);
        string owner = place.Length == 0 ? "the top level of a Compose file" : place;
        string key = ValueDescription.Shorten(Regex.Replace(entry.Key, @"\s", " ", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
        Origin origin = entry.KeyOrigin.EndColumn > 0
            ? entry.KeyOrigin
            : entry.KeyOrigin with { EndColumn = entry.KeyOrigin.Column + entry.Key.Length };
        string advice = nearest is not null
            ? $"Write '{nearest}:' instead" + (type.Others == OtherKeys.Extensions ? ", or use 'x-...' for your own notes." : ".")
            : place.Length == 0 && entry.Value is MappingNode service && (service.Contains("image") || service.Contains("build"))
                ? $"Move the service {key} below 'services:'."
                : $"Remove it, or write one of: {string.Join(", ", known)}.";
        return ComposeException.At(
            ComposeErrorId.UnsupportedAttribute,
            $"'{key}' is not a valid attribute of {owner}." + (nearest is null ? "" : $" Did you mean '{nearest}'?"),
            advice,
            origin,
            path.Below(entry.Key).ToString());
    }

    private static ComposeException Broken(Node node, ModelPath path, AttributeType type, string? found = null)
    {
        string place = path.ToString();
        string expected = type.Expected;
        return ComposeException.At(
            ComposeErrorId.ComposeFileInvalid,
            $"{(place.Length == 0 ? "A Compose file" : place)} must be {expected}, found {found ?? ValueDescription.Describe(node)}.",
            Advice(node, place, expected) ?? $"Set {place} to {expected}, or remove it.",
            node.Origin,
            place);
    }

    // The most likely intention, if it is clear.
    private static string? Advice(Node node, string place, string expected)
    {
        if (node is not ScalarNode { Kind: ScalarKind.Boolean or ScalarKind.Integer or ScalarKind.Float } scalar || expected != TypeWords.Text)
        {
            return expected == TypeWords.List && node is ScalarNode { IsNull: false } ? "Make it a list: write each item on its own line after '- '." : null;
        }

        string key = place[(place.LastIndexOf('.') + 1)..];
        string text = ValueDescription.Shorten(scalar.Text);
        return scalar.Kind != ScalarKind.Boolean && Durations.Contains(key) ? $"Add a unit: {key}: {text}s"
            : key.EndsWith(']') ? $"Quote it: - \"{text}\""
            : $"Quote it: {key}: \"{text}\"";
    }

    private static ScalarSorts SortOf(ScalarNode scalar) => scalar.Kind switch
    {
        ScalarKind.String => ScalarSorts.Text,
        ScalarKind.Boolean => ScalarSorts.Boolean,
        ScalarKind.Integer => ScalarSorts.Integer,
        ScalarKind.Float => IsWhole(scalar.Text) ? ScalarSorts.Number : ScalarSorts.Number & ~ScalarSorts.Integer,
        ScalarKind.Null => ScalarSorts.Null,
        // A date without quotes is accepted where text is allowed.
        _ => ScalarSorts.Text,
    };

    private static bool IsWhole(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Floor(value) == value && double.IsFinite(value);

    /// <summary>A place whose path is created only if needed: most values are scalars without an error.</summary>
    private readonly record struct Place(ModelPath Parent, string? Key, int Index)
    {
        public ModelPath Path => Key is not null ? Parent.Below(Key) : Index >= 0 ? Parent.Item(Index) : Parent;
    }
}
