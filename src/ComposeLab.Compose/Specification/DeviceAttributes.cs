using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of devices, in the order they are printed.</summary>
internal static class DeviceAttributes
{
    /// <summary>The devices of a service.</summary>
    public static AttributeType Type { get; } = ListOf(Structure(
        new("source", Text) { IsRequired = true },
        new("target", Text),
        new("permissions", Text)) with
    {
        Scalars = ScalarSorts.Text,
        ScalarsWhenExtended = ScalarSorts.Text,
        LongForm = DeviceSyntax,
    }) with
    { Identity = ItemIdentities.Device };

    /// <summary>The GPUs of a service.</summary>
    public static AttributeType Gpus { get; } = ListOf(Request(capabilitiesRequired: false)) with
    {
        Scalars = ScalarSorts.Text,
        Choices = ["all"],
        ScalarsWhenExtended = ScalarSorts.Text,
        LongForm = AllGpus,
    };

    /// <summary>A request for devices of a driver.</summary>
    /// <param name="capabilitiesRequired">Whether capabilities are required.</param>
    public static AttributeType Request(bool capabilitiesRequired) => Structure(
        new("capabilities", UniqueTexts) { IsRequired = capabilitiesRequired },
        new("driver", Text),
        new("count", Integer with { Cast = null, Canonical = ScalarValues.DeviceCount }),
        new("device_ids", UniqueTexts),
        new("options", KeyValues)) with
    {
        Others = capabilitiesRequired ? OtherKeys.Extensions : OtherKeys.Any,
        PrintsExtensions = false,
        Defaults = device => device.Contains("device_ids") ? device : device.WithDefault("count", "all"),
        Check = ModelChecks.CountOrIds,
    };

    private static Node AllGpus(Node node, bool lenient) => node is ScalarNode { Kind: ScalarKind.String }
        ? new SequenceNode([new NodeBuilder(node.Origin).Text("count", "all").Build()], node.Origin)
        : node;

    private static Node DeviceSyntax(Node node, bool lenient)
    {
        if (node is not ScalarNode { Kind: ScalarKind.String } spec)
        {
            return node;
        }

        string[] parts = spec.Text.Split(':');
        if (parts.Length > 3)
        {
            return lenient ? node : throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                $"Expected a device as 'source[:target[:permissions]]', found '{spec.Text}'.",
                "Use the long form of the device: 'source', 'target', 'permissions'.",
                spec.Origin);
        }

        return new NodeBuilder(spec.Origin)
            .Text("source", parts[0])
            .Text("target", parts is [_, { Length: > 0 } target, ..] ? target : parts[0])
            .Text("permissions", parts is [_, _, var permissions] ? permissions : "rwm")
            .Build();
    }
}

/// <summary>The attributes of <c>blkio_config</c>, in the order they are printed.</summary>
internal static class BlkioAttributes
{
    /// <summary>Limits of block device access.</summary>
    public static AttributeType Type { get; } = Structure(
        new("weight", Weight),
        new("weight_device", ListOf(Structure(
            new("path", Path),
            new("weight", Weight with { Print = PrintStyle.Always(ScalarNode.Integer(0, Origin.Default), "Weight") })) with
        { Others = OtherKeys.None })),
        new("device_read_bps", Rates),
        new("device_read_iops", Rates),
        new("device_write_bps", Rates),
        new("device_write_iops", Rates)) with
    { Others = OtherKeys.None };

    private static AttributeType Weight => Integer with { Cast = null, Canonical = ScalarValues.NaturalNumber };

    private static AttributeType Path => Text with { Print = PrintStyle.Always(ScalarNode.String("", Origin.Default), "Path") };

    private static AttributeType Rates => ListOf(Structure(
        new("path", Path),
        new("rate", Integer with { Cast = null, Canonical = ScalarValues.Rate, Print = PrintStyle.Always(ScalarNode.String("0", Origin.Default), "Rate") })) with
    {
        Others = OtherKeys.None,
    });
}
