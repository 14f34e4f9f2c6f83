using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Validation;
using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of an item of <c>ports</c>, in the order they are printed.</summary>
internal static class PortAttributes
{
    /// <summary>The published ports of a service.</summary>
    public static AttributeType Type { get; } = ListOf(Structure(
        new("name", Text) { Engine = Printed },
        new("mode", Text) { Engine = Printed, Swarm = Runs },
        new("host_ip", Text) { Swarm = Refused("a swarm listens on every address of every node").Or("do not publish the port: other services reach it by the name of the service") },
        new("target", Natural),
        new("published", Text with { Scalars = ScalarSorts.Integer | ScalarSorts.Text }),
        new("protocol", Text),
        new("app_protocol", Text) { Engine = Printed }) with
    {
        Scalars = ScalarSorts.Text | ScalarSorts.Number,
        ScalarsWhenExtended = ScalarSorts.Text | ScalarSorts.Number,
        Defaults = port => port.WithDefault("protocol", "tcp").WithDefault("mode", "ingress"),
        Check = ModelChecks.HostAddress,
    }) with
    { UniqueItems = true, ScalarsWhenExtended = ScalarSorts.None, Identity = ItemIdentities.Port, LongForm = PortSyntax.Expand };
}
