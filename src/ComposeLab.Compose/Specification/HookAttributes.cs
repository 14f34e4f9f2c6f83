using ComposeLab.Compose.Canonical;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Validation;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes of a hook, in the order they are printed.</summary>
internal static class HookAttributes
{
    /// <summary>A command that is run in a container of the service.</summary>
    public static AttributeType Type { get; } = Structure(
        new("command", Command with { Merge = null }) { IsRequired = true },
        new("user", Text),
        new("privileged", LateFlag),
        new("working_dir", Text),
        new("environment", Environment));

    /// <summary>An init container: it runs to its end before the service starts.</summary>
    public static AttributeType PreStart { get; } = Structure(
        new("command", Command with { Merge = null }),
        new("image", Text),
        new("user", Text),
        new("privileged", LateFlag),
        new("working_dir", Text),
        new("environment", Environment),
        new("per_replica", LateFlag));

    private static AttributeType Environment => KeyValues with { Canonical = MapValues.OptionalTexts };
}

/// <summary>The attributes of <c>develop</c>, in the order they are printed.</summary>
internal static class DevelopAttributes
{
    /// <summary>What is watched while the service is developed.</summary>
    public static AttributeType Type { get; } = OrEmpty(Structure(new AttributeRow("watch", ListOf(Structure(
        new("path", Text with { Path = PathRules.WatchedPath, Check = ModelChecks.NotBlank }) { IsRequired = true },
        new("action", OneOf("rebuild", "sync", "restart", "sync+restart", "sync+exec")) { IsRequired = true },
        new("target", Text),
        new("exec", HookAttributes.Type with { Print = PrintStyle.Embedded }),
        new("include", UniqueTexts with { Scalars = ScalarSorts.Text, LongForm = LongForms.Items }),
        new("ignore", UniqueTexts with { Scalars = ScalarSorts.Text, LongForm = LongForms.Items }),
        new("initial_sync", TrueOrFalse))))));
}
