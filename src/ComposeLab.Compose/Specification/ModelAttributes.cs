using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of AI models, in the order they are printed.</summary>
internal static class ModelAttributes
{
    /// <summary>A model of the project.</summary>
    public static AttributeType Type { get; } = Structure(
        new("name", Text),
        new("model", Text) { IsRequired = true },
        new("context_size", new() { Scalars = ScalarSorts.Integer, Canonical = ScalarValues.Integer }),
        new("runtime_flags", Texts));

    /// <summary>The models that a service uses.</summary>
    public static AttributeType Uses { get; } = Named(OrEmpty(Structure(new("endpoint_var", Text), new("model_var", Text)))) with
    {
        Others = OtherKeys.Any, Items = StrictText, UniqueItems = true, Merge = MergeRules.NamesOrMapping, LongForm = LongForms.Names,
    };
}
