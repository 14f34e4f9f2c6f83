using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Files;

/// <summary>A key that begins with <c>x-</c> is ignored: it should not look like an attribute of its place.</summary>
internal sealed class ExtensionMisspeltRule() : ConfigRule(new RuleInfo(
    "ExtensionMisspelt",
    Warning,
    Warning,
    "an `x-` key that is spelt like an attribute of its place (`x-restart` in a service) and that no alias uses: it is ignored",
    "Write the attribute without `x-`, or remove the key."))
{
    private const string Prefix = "x-";

    private static readonly string[] TopLevel = [.. ProjectAttributes.Type.Attributes!.Select(attribute => attribute.Name)];
    private static readonly string[] OfServices = [.. ServiceAttributes.Type.Attributes!.Select(attribute => attribute.Name)];

    /// <inheritdoc/>
    public override IEnumerable<Spot> Find(RuleContext context)
    {
        foreach (MappingNode document in context.Project.Sources.SelectMany(source => source.Documents))
        {
            foreach (Spot spot in Keys(document, document, "", TopLevel, null))
            {
                yield return spot;
            }

            foreach (MappingEntry service in (document["services"] as MappingNode)?.Entries ?? [])
            {
                foreach (Spot spot in service.Value is MappingNode mapping ? Keys(document, mapping, $"services.{service.Key}.", OfServices, service.Key) : [])
                {
                    yield return spot;
                }
            }
        }
    }

    private static IEnumerable<Spot> Keys(MappingNode document, MappingNode owner, string path, string[] attributes, string? service)
    {
        foreach (MappingEntry entry in owner.Entries.Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string rest = entry.Key[Prefix.Length..].Replace('-', '_');
            string? meant = attributes.Contains(rest, StringComparer.Ordinal) ? rest : service is null ? null : NearestWord.Of(rest, attributes);
            if (meant is not null && !Aliases.Use(document, entry.Value))
            {
                yield return new Spot(
                    path + entry.Key,
                    entry.KeyOrigin,
                    $"'{entry.Key}' is ignored, as every key that begins with x-; it looks like the attribute '{meant}'.",
                    $"Write '{meant}:' if it is meant to count, or remove it.",
                    service);
            }
        }
    }
}
