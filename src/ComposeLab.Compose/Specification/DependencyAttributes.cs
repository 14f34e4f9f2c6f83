using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Interpolation;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of <c>depends_on</c>, in the order they are printed.</summary>
internal static class DependencyAttributes
{
    /// <summary>What a service waits for.</summary>
    public static AttributeType Type { get; } = Named(Structure(
        new("condition", OneOf("service_started", "service_healthy", "service_completed_successfully")) { IsRequired = true },
        new("restart", Flag),
        new("required", TrueOrFalse with { Cast = ValueCast.Boolean, Print = PrintStyle.Given })) with { ScalarsWhenExtended = ScalarSorts.None }) with
    {
        Items = StrictText, UniqueItems = true, ScalarsWhenExtended = ScalarSorts.None, Merge = MergeRules.Dependencies, LongForm = LongForms.Dependencies,
    };
}

/// <summary>The attributes of an item of <c>env_file</c>.</summary>
internal static class EnvFileAttributes
{
    /// <summary>The env files of a service.</summary>
    public static AttributeType Type { get; } = new()
    {
        Scalars = ScalarSorts.Text,
        Items = Structure(
            new("path", Text with { Path = PathRules.EnvFile }) { IsRequired = true },
            new("format", Text),
            new("required", LateFlag with { Print = PrintStyle.Given })) with { Scalars = ScalarSorts.Text, Others = OtherKeys.None },
        ScalarsWhenExtended = ScalarSorts.Text,
        Merge = MergeRules.Append,
        Identity = ItemIdentities.EnvFile,
        LongForm = LongForms.EnvFiles,
    };
}

/// <summary>The attributes of <c>provider</c>, in the order they are printed.</summary>
internal static class ProviderAttributes
{
    /// <summary>A program that provides the service.</summary>
    public static AttributeType Type { get; } = Structure(
        new("type", Text) { IsRequired = true },
        new("options", new() { Values = ListOf(Option) with { Scalars = Option.Scalars }, Canonical = MapValues.TextLists }));

    private static AttributeType Option => new() { Scalars = ScalarSorts.Text | ScalarSorts.Number | ScalarSorts.Boolean };
}
