using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Merging;
using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of <c>healthcheck</c>, in the order they are printed.</summary>
internal static class HealthcheckAttributes
{
    /// <summary>A healthcheck.</summary>
    public static AttributeType Type { get; } = Structure(
        new("test", Texts with { Scalars = ScalarSorts.Text, Merge = MergeRules.Replace, Canonical = ListValues.Probe }),
        new("timeout", Duration),
        new("interval", Duration),
        new("retries", Amount with { Canonical = ScalarValues.Natural, Print = PrintStyle.Given }),
        new("start_period", Duration),
        new("start_interval", Duration)
        {
            Engine = Runs.But(
                EngineLimit.IgnoredBefore("25", 44) with { Words = "it needs Docker 25 or later; with older versions, this module's own early probes are used instead" },
                EngineLimit.Ignored("without a start_period it has no effect") with { Condition = LimitCondition.NoStartPeriod }),
        },
        new("disable", Flag));
}
