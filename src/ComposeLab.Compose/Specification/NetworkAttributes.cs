using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of networks, in the order they are printed.</summary>
internal static class NetworkAttributes
{
    /// <summary>A network of the project.</summary>
    public static AttributeType Type { get; } = OrEmpty(Structure(
        new("name", Text),
        new("driver", Text),
        new("driver_opts", DriverOptions),
        new("ipam", Structure(
            new("driver", Text),
            new("config", ListOf(Structure(
                new("subnet", Text),
                new("gateway", Text),
                new("ip_range", Text),
                new("aux_addresses", DriverOptions with { Values = Text }))) with
            { Merge = AddressPools.Merge }),
            new("options", DriverOptions with { Values = Text })) with
        { Print = PrintStyle.Embedded }),
        new("external", ExternalType.Network),
        new("internal", Flag),
        new("attachable", Flag),
        new("labels", Labels),
        new("enable_ipv4", Flag with { Print = PrintStyle.Given }) { Engine = Runs.But(EngineLimit.IgnoredBefore("28", 47) with { CountsFalse = true }) },
        new("enable_ipv6", Flag with { Print = PrintStyle.Given })) with
    { LongForm = ExternalType.Expand });

    /// <summary>How a service is connected to networks.</summary>
    public static AttributeType Attachments { get; } = Named(OrEmpty(Structure(
        new("aliases", TextSet),
        new("driver_opts", DriverOptions),
        new("gw_priority", Priority) { Engine = Runs.But(EngineLimit.IgnoredBefore("28", 48)), Swarm = Ignored(NoSwarm) },
        new("interface_name", Text) { Engine = Runs.But(EngineLimit.RefusedBefore("28.1", 49)), Swarm = Ignored(NoSwarm) },
        new("ipv4_address", Text) { Swarm = Ignored(NoSwarm).Or("reach the service by its name") },
        new("ipv6_address", Text) { Swarm = Ignored(NoSwarm).Or("reach the service by its name") },
        new("link_local_ips", TextSet) { Swarm = Ignored(NoSwarm) },
        new("mac_address", Text)
        {
            Engine = Runs.But(EngineLimit.RefusedBefore("25", 44) with
            {
                Condition = LimitCondition.FurtherNetwork,
                Words = "on a network other than the first (by priority, then name) it needs Docker 25 or later",
            }),
            Swarm = Ignored(NoSwarm),
        },
        new("priority", Priority) { Swarm = Ignored(NoSwarm) }))) with
    {
        Items = StrictText,
        UniqueItems = true,
        Merge = MergeRules.NamesOrMapping,
        LongForm = LongForms.Names,
    };

    private const string NoSwarm = "a swarm has no such setting";

    private static AttributeType Priority => new() { Scalars = ScalarSorts.Number, Canonical = ScalarValues.Integer };
}
