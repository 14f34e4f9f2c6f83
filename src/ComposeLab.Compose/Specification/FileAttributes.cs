using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;
using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of secrets and configs, and of their uses by services.</summary>
internal static class FileAttributes
{
    private const string SwarmOnly = "only a swarm stores secrets and configs";

    // They are initialized in this order.
    private static AttributeUse HostFile { get; } = Runs.But(EngineLimit.Ignored("a host file keeps its owner and mode") with { Condition = LimitCondition.HostFile });

    private static AttributeUse InContainer { get; } = Runs.But(EngineLimit.Refused("it cannot be written to a read-only root file system") with
    {
        Condition = LimitCondition.ReadOnlyRoot,
        Alternative = "use a host file instead",
    });

    /// <summary>A secret of the project, in the order it is printed.</summary>
    public static AttributeType Secret { get; } = Structure(
        new("name", Text) { Engine = Printed, Swarm = Runs },
        new("file", Text with { Path = PathRules.OfAnySystem }),
        new("environment", Text with { TakesVariables = true }) { Engine = InContainer, Swarm = Runs },
        new("external", ExternalType.File) { Engine = Refused(SwarmOnly), Swarm = Runs },
        new("labels", KeyValues) { Engine = Printed, Swarm = Runs },
        new("driver", Text) { Engine = Refused(SwarmOnly), Swarm = Runs },
        new("driver_opts", DriverOptions with { Canonical = MapValues.StrictTexts }) { Engine = Printed, Swarm = Runs },
        new("template_driver", Text) { Engine = Refused(SwarmOnly), Swarm = Runs }) with
    {
        LongForm = ExternalType.Expand,
        Check = ModelChecks.OneSource("file", "environment"),
    };

    /// <summary>A config of the project, in the order it is printed.</summary>
    public static AttributeType Config { get; } = Structure(
        new("name", Text) { Engine = Printed, Swarm = Runs },
        new("file", Text with { Path = PathRules.OfAnySystem }),
        new("environment", Text with { TakesVariables = true }) { Engine = InContainer, Swarm = Runs },
        new("content", Text) { Engine = InContainer, Swarm = Runs },
        new("external", ExternalType.File) { Engine = Refused(SwarmOnly), Swarm = Runs },
        new("labels", KeyValues) { Engine = Printed, Swarm = Runs },
        new("template_driver", Text) { Engine = Refused(SwarmOnly), Swarm = Runs }) with
    {
        LongForm = ExternalType.Expand,
        Check = ModelChecks.OneSource("file", "environment", "content"),
    };

    /// <summary>The use of a secret or config, in the order it is printed.</summary>
    public static AttributeType Reference { get; } = Structure(
        new("source", Text),
        new("target", Text),
        new("uid", Text) { Engine = HostFile, Swarm = Runs },
        new("gid", Text) { Engine = HostFile, Swarm = Runs },
        new("mode", Amount with { Cast = null, Canonical = ScalarValues.FileMode, Print = PrintStyle.Given }) { Engine = HostFile, Swarm = Runs }) with
    {
        Scalars = ScalarSorts.Text,
        ScalarsWhenExtended = ScalarSorts.Text,
        LongForm = LongForms.Key("source"),
    };

    /// <summary>The uses of secrets by a build. Only the Dockerfile says who owns them.</summary>
    public static AttributeType BuildReferences { get; } = ListOf(Reference with
    {
        Attributes = [.. Reference.Attributes!.Select(row => row.Engine == HostFile ? row with { Engine = Printed, Swarm = null } : row)],
    });

    /// <summary>The uses of configs.</summary>
    public static AttributeType References { get; } = ListOf(Reference) with { Identity = ItemIdentities.Config };

    /// <summary>A secret is mounted below <c>/run/secrets</c>.</summary>
    /// <param name="use">The use of the secret.</param>
    public static MappingNode SecretTarget(MappingNode use) => use.WithDefault("target", $"/run/secrets/{use["source"]}");
}
