using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of a volume of the project, in the order they are printed.</summary>
internal static class VolumeAttributes
{
    /// <summary>A volume.</summary>
    public static AttributeType Type { get; } = OrEmpty(Structure(
        new("name", Text),
        new("driver", Text),
        new("driver_opts", DriverOptions),
        new("external", ExternalType.Network),
        new("labels", Labels with { Identity = null })) with { LongForm = ExternalType.Expand, Path = PathRules.Volume, Check = ModelChecks.ExternalVolume });
}

/// <summary>The attribute <c>external</c>.</summary>
internal static class ExternalType
{
    /// <summary>That of networks and volumes.</summary>
    public static AttributeType Network { get; } = Flag with { Attributes = [new AttributeRow("name", Text)] };

    /// <summary>That of secrets and configs: other keys are ignored.</summary>
    public static AttributeType File { get; } = Network with { Others = OtherKeys.Any };

    /// <summary>The old form <c>external: {name: NAME}</c> as <c>name: NAME</c> and <c>external: true</c>.</summary>
    /// <param name="node">The resource.</param>
    /// <param name="lenient">Not used.</param>
    public static Node Expand(Node node, bool lenient)
    {
        if (node is not MappingNode resource || resource["external"] is not MappingNode external)
        {
            return node;
        }

        MappingNode expanded = resource.With("external", ScalarNode.Boolean(true, external.Origin));
        return external["name"] is not ScalarNode name ? expanded : resource["name"] switch
        {
            null => expanded.With("name", name),
            ScalarNode given when given.Text == name.Text => expanded,
            _ => throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                "Expected one name, found different values in 'name' and 'external.name'.",
                "Keep 'name' and write 'external: true'.",
                name.Origin),
        };
    }
}
