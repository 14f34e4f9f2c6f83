using System.Text.RegularExpressions;
using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>Process limits by name.</summary>
internal static partial class UlimitAttributes
{
    /// <summary>The limits of a service.</summary>
    public static AttributeType Type { get; } = new()
    {
        Values = Structure(Soft(Integer), Hard(Integer)) with
        {
            Scalars = ScalarSorts.Integer | ScalarSorts.Text,
            ScalarsWhenExtended = ScalarSorts.Integer | ScalarSorts.Text,
            Cast = ValueCast.Integer,
            Merge = MergeRules.Replace,
            Canonical = Limit,
        },
        Names = Lowercase(),
        NameWords = "lowercase letters",
        Others = OtherKeys.Any,
    };

    /// <summary>The limits of a build: text is not converted to a number.</summary>
    public static AttributeType OfBuild { get; } = Type with
    {
        Values = Structure(Soft(Integer with { Cast = null }), Hard(Integer with { Cast = null })) with
        {
            Scalars = ScalarSorts.Integer | ScalarSorts.Text,
            ScalarsWhenExtended = ScalarSorts.Integer,
            Canonical = Limit,
        },
    };

    private static AttributeRow Soft(AttributeType number) => new("soft", number with { Print = PrintStyle.ZeroInYaml }) { IsRequired = true };

    private static AttributeRow Hard(AttributeType number) => new("hard", number with { Print = PrintStyle.ZeroInYaml }) { IsRequired = true };

    /// <summary>One number for both limits, or a mapping with both.</summary>
    private static Node Limit(Node value) => value switch
    {
        ScalarNode { Kind: ScalarKind.Integer, Text: "0" } => Limits(value, ScalarNode.Integer(0, value.Origin), ScalarNode.Integer(0, value.Origin)),
        ScalarNode { Kind: ScalarKind.Integer } => ScalarValues.Integer(value),
        MappingNode limits => Limits(limits, Part(limits, "soft"), Part(limits, "hard")),
        _ => throw new InvalidValueException("a whole number, or 'soft' and 'hard'", value),
    };

    private static Node Part(MappingNode limits, string key) => limits[key] switch
    {
        ScalarNode { Kind: ScalarKind.Integer } limit => ScalarValues.Integer(limit),
        null => ScalarNode.Integer(0, limits.Origin),
        var other => throw new InvalidValueException("a whole number", other),
    };

    private static MappingNode Limits(Node value, Node soft, Node hard) => new NodeBuilder(value.Origin).Add("soft", soft).Add("hard", hard).Build();

    [GeneratedRegex(@"^[a-z]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Lowercase();
}
