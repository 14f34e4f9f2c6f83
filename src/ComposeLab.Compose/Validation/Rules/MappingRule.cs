using System.Text.RegularExpressions;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Rules;

/// <summary>A mapping with known attributes.</summary>
/// <param name="attributes">The attributes.</param>
internal sealed class MappingRule(params AttributeRule[] attributes) : Rule
{
    private const string ExtensionPrefix = "x-";

    private readonly Dictionary<string, AttributeRule> _byName = attributes.ToDictionary(attribute => attribute.Name, StringComparer.Ordinal);

    /// <summary>The attributes in the order of the table.</summary>
    public IReadOnlyList<AttributeRule> Attributes { get; } = attributes;

    /// <summary>Whether keys that begin with <c>x-</c> are allowed.</summary>
    public bool AllowsExtensions { get; init; } = true;

    /// <summary>Whether keys that no attribute names are allowed.</summary>
    public bool AllowsOthers { get; init; }

    /// <inheritdoc/>
    public override string Expected => "a mapping";

    /// <inheritdoc/>
    public override bool Fits(Node node) => node is MappingNode;

    /// <inheritdoc/>
    protected override void CheckFitting(Node node, ModelPath path)
    {
        var mapping = (MappingNode)node;
        foreach (MappingEntry entry in mapping.Entries)
        {
            if (_byName.TryGetValue(entry.Key, out AttributeRule? attribute))
            {
                attribute.Rule.Check(entry.Value, path.Below(entry.Key));
            }
            else if (!AllowsOthers && !(AllowsExtensions && entry.Key.StartsWith(ExtensionPrefix, StringComparison.Ordinal)))
            {
                throw Unknown(entry, path);
            }
        }

        foreach (AttributeRule attribute in Attributes)
        {
            if (attribute.IsRequired && !mapping.Contains(attribute.Name))
            {
                throw ComposeException.At(
                    ComposeErrorId.ComposeFileInvalid,
                    $"{path} must have the attribute '{attribute.Name}' ({attribute.Rule.Expected}), but has not.",
                    $"Add '{attribute.Name}:' to {path}.",
                    node.Origin,
                    path.ToString());
            }
        }
    }

    private ComposeException Unknown(MappingEntry entry, ModelPath path)
    {
        string place = path.ToString();
        string? nearest = NearestWord.Of(entry.Key, _byName.Keys);
        string owner = place.Length == 0 ? "the top level of a Compose file" : place;
        string key = Regex.Replace(entry.Key, @"\s", " ", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        Origin origin = entry.KeyOrigin.EndColumn > 0
            ? entry.KeyOrigin
            : entry.KeyOrigin with { EndColumn = entry.KeyOrigin.Column + entry.Key.Length };
        return ComposeException.At(
            ComposeErrorId.UnsupportedAttribute,
            $"'{ValueWords.Shorten(key)}' is no attribute of {owner}." + (nearest is null ? "" : $" Did you mean '{nearest}'?"),
            nearest is null && place.Length == 0 && entry.Value is MappingNode service && (service.Contains("image") || service.Contains("build"))
                ? $"Move the service {ValueWords.Shorten(key)} below 'services:'."
                : nearest is null
                ? $"Remove it, or write one of: {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}."
                : $"Write '{nearest}:' instead" + (AllowsExtensions ? ", or 'x-...' for a note of your own." : "."),
            origin,
            path.Below(entry.Key).ToString());
    }
}
