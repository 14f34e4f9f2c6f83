using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Files;

/// <summary>A key that starts with <c>x-</c> is ignored, so it should not look like an attribute of its place.</summary>
internal sealed class ExtensionMisspeltRule() : ConfigRule(new RuleInfo(
    "ExtensionMisspelt",
    Warning,
    Warning,
    "an `x-` key that is named like an attribute of its place (`x-restart` in a service) and that no alias uses: it is ignored",
    "Write the attribute without `x-`, or remove the key."))
{
    private const string Prefix = "x-";

    private static readonly string[] TopLevel = [.. ProjectAttributes.Type.Attributes!.Select(attribute => attribute.Name)];
    private static readonly string[] OfServices = [.. ServiceAttributes.Type.Attributes!.Select(attribute => attribute.Name)];

    /// <inheritdoc/>
    public override IEnumerable<RuleMatch> Find(RuleContext context)
    {
        foreach (MappingNode document in context.Project.Sources.SelectMany(source => source.Documents))
        {
            foreach (RuleMatch match in Keys(document, document, "", TopLevel, null))
            {
                yield return match;
            }

            foreach (MappingEntry service in (document["services"] as MappingNode)?.Entries ?? [])
            {
                foreach (RuleMatch match in service.Value is MappingNode mapping ? Keys(document, mapping, $"services.{service.Key}.", OfServices, service.Key) : [])
                {
                    yield return match;
                }
            }
        }
    }

    private static IEnumerable<RuleMatch> Keys(MappingNode document, MappingNode owner, string path, string[] attributes, string? service)
    {
        foreach (MappingEntry entry in owner.Entries.Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string rest = entry.Key[Prefix.Length..].Replace('-', '_');
            string? meant = attributes.Contains(rest, StringComparer.Ordinal) ? rest : service is null ? null : NearestWord.Of(rest, attributes);
            if (meant is not null && !Aliases.Use(document, entry.Value))
            {
                yield return new RuleMatch(
                    path + entry.Key,
                    entry.KeyOrigin,
                    $"'{entry.Key}' is ignored, like every key that starts with x-, but it looks like the attribute '{meant}'.",
                    $"Use '{meant}:' if it is intended to take effect, or remove it.",
                    service);
            }
        }
    }
}

/// <summary>Finds out whether an alias or merge key uses a value, which is then the same node in two places.</summary>
internal static class Aliases
{
    /// <summary>Whether a value, or a part of it, occurs twice in its document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="value">The value.</param>
    public static bool Use(MappingNode document, Node value)
    {
        var parts = new HashSet<Node>(Parts(value), ReferenceEqualityComparer.Instance);
        return Parts(document).Count(parts.Contains) > Parts(value).Count();
    }

    private static IEnumerable<Node> Parts(Node node)
    {
        IEnumerable<Node> below = node switch
        {
            MappingNode mapping => mapping.Entries.Select(entry => entry.Value),
            SequenceNode list => list.Items,
            _ => [],
        };
        return below.SelectMany(Parts).Prepend(node);
    }
}
