using System.Text.RegularExpressions;
using ComposeLab.Compose.Validation.Rules;
using static ComposeLab.Compose.Validation.Rules.AttributeUse;
using static ComposeLab.Compose.Validation.Specification.Common;

namespace ComposeLab.Compose.Validation.Specification;

/// <summary>The attributes of a service that are mappings or lists of their own.</summary>
internal static partial class ServicePartTables
{
    private static readonly Rule RateLimits = new ListRule(new MappingRule(new("path", Text), new("rate", Integer)) { AllowsExtensions = false });

    /// <summary><c>blkio_config</c>.</summary>
    public static Rule Blkio { get; } = new MappingRule(
        new("device_read_bps", RateLimits),
        new("device_read_iops", RateLimits),
        new("device_write_bps", RateLimits),
        new("device_write_iops", RateLimits),
        new("weight", Integer),
        new("weight_device", new ListRule(new MappingRule(new("path", Text), new("weight", Integer)) { AllowsExtensions = false })))
    {
        AllowsExtensions = false,
    };

    /// <summary><c>container_name</c>.</summary>
    public static Rule ContainerName { get; } = new ScalarRule(ScalarSorts.Text)
    {
        Pattern = ContainerNames(),
        PatternWords = "a name of two or more letters, digits and _ . -",
    };

    /// <summary><c>credential_spec</c>.</summary>
    public static Rule CredentialSpec { get; } = new MappingRule(new("config", Text, None), new("file", Text, None), new("registry", Text, None));

    /// <summary><c>depends_on</c>.</summary>
    public static Rule DependsOn { get; } = new ChoiceRule(
        UniqueTexts,
        Named(new MappingRule(
            new("restart", Flag),
            new("required", TrueOrFalse),
            new("condition", OneOf("service_started", "service_healthy", "service_completed_successfully"), IsRequired: true))));

    /// <summary><c>devices</c>.</summary>
    public static Rule Devices { get; } = new ListRule(new ChoiceRule(
        Text, new MappingRule(new("source", Text, IsRequired: true), new("target", Text), new("permissions", Text))));

    /// <summary><c>develop</c>.</summary>
    public static Rule Develop { get; } = OrNothing(new MappingRule(new AttributeRule(
        "watch",
        new ListRule(new MappingRule(
            new("ignore", TextOrList, None),
            new("include", TextOrList, None),
            new("path", Text, None, IsRequired: true),
            new("action", OneOf("rebuild", "sync", "restart", "sync+restart", "sync+exec"), None, IsRequired: true),
            new("target", Text, None),
            new("exec", Hook, None),
            new("initial_sync", TrueOrFalse, None))),
        None)));

    /// <summary><c>env_file</c>.</summary>
    public static Rule EnvFile { get; } = new ChoiceRule(Text, new ListRule(new ChoiceRule(
        Text,
        new MappingRule(new("path", Text, Load, IsRequired: true), new("format", Text, Load), new("required", Flag, Load)) { AllowsExtensions = false })));

    /// <summary><c>extends</c>.</summary>
    public static Rule Extends { get; } = new ChoiceRule(
        Text, new MappingRule(new("service", Text, Load, IsRequired: true), new("file", Text, Load)) { AllowsExtensions = false });

    /// <summary><c>healthcheck</c>.</summary>
    public static Rule Healthcheck { get; } = new MappingRule(
        new("disable", Flag),
        new("interval", Text),
        new("retries", Number),
        new("test", new ChoiceRule(Text, Texts)),
        new("timeout", Text),
        new("start_period", Text),
        new("start_interval", Text));

    /// <summary><c>logging</c>.</summary>
    public static Rule Logging { get; } = new MappingRule(
        new("driver", Text),
        new("options", new NamedRule(new ScalarRule(ScalarSorts.Text | ScalarSorts.Number | ScalarSorts.Null))));

    /// <summary><c>models</c>.</summary>
    public static Rule Models { get; } = new ChoiceRule(
        UniqueTexts, Named(OrNothing(new MappingRule(new("endpoint_var", Text, None), new("model_var", Text, None))), allowsOthers: true));

    /// <summary><c>networks</c>.</summary>
    public static Rule Networks { get; } = new ChoiceRule(
        UniqueTexts,
        Named(OrNothing(new MappingRule(
            new("aliases", UniqueTexts),
            new("interface_name", Text),
            new("ipv4_address", Text),
            new("ipv6_address", Text),
            new("link_local_ips", UniqueTexts),
            new("mac_address", Text),
            new("driver_opts", Options),
            new("priority", new ScalarRule(ScalarSorts.Number)),
            new("gw_priority", new ScalarRule(ScalarSorts.Number))))));

    /// <summary><c>ports</c>.</summary>
    public static Rule Ports { get; } = new ListRule(
        new ChoiceRule(
            Number,
            new MappingRule(
                new("name", Text, None),
                new("mode", Text, None),
                new("host_ip", Text),
                new("target", Integer),
                new("published", Integer),
                new("protocol", Text),
                new("app_protocol", Text, None))),
        unique: true);

    /// <summary><c>provider</c>.</summary>
    public static Rule Provider { get; } = new MappingRule(
        new("type", Text, None, IsRequired: true), new("options", new NamedRule(ProviderOption()), None));

    /// <summary><c>pull_policy</c>.</summary>
    public static Rule PullPolicy { get; } = new ScalarRule(ScalarSorts.Text)
    {
        Pattern = PullPolicies(),
        PatternWords = "always, never, build, missing, refresh, daily, weekly or every_ with a duration (every_12h)",
    };

    private static ChoiceRule ProviderOption()
    {
        var value = new ScalarRule(ScalarSorts.Text | ScalarSorts.Number | ScalarSorts.Boolean);
        return new ChoiceRule(value, new ListRule(value));
    }

    // Both patterns may match anywhere in the text: so the reference reads them.
    [GeneratedRegex("[a-zA-Z0-9][a-zA-Z0-9_.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerNames();

    [GeneratedRegex("always|never|build|if_not_present|missing|refresh|daily|weekly|every_[0-9]+[wdhms]", RegexOptions.CultureInvariant)]
    private static partial Regex PullPolicies();
}
