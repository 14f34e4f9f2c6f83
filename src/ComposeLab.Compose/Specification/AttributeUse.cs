namespace ComposeLab.Compose.Specification;

/// <summary>What an attribute does once the project is loaded.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Words">Why it does nothing or is refused, or under which condition; empty if there is nothing to say.</param>
internal sealed record AttributeUse(AttributeUseKind Kind, string Words = "")
{
    /// <summary>It shapes containers, networks, volumes or their order.</summary>
    public static AttributeUse Runs { get; } = new(AttributeUseKind.Runs);

    /// <summary>It shapes how images are built or pulled.</summary>
    public static AttributeUse Builds { get; } = new(AttributeUseKind.Builds);

    /// <summary>It has done its work when the project is loaded.</summary>
    public static AttributeUse Loads { get; } = new(AttributeUseKind.Loads);

    /// <summary>It shapes how the service is watched.</summary>
    public static AttributeUse Watches { get; } = new(AttributeUseKind.Watches);

    /// <summary>It is ignored with a warning.</summary>
    /// <param name="words">Why.</param>
    public static AttributeUse Ignored(string words) => new(AttributeUseKind.Ignored, words);

    /// <summary>It stops a start.</summary>
    /// <param name="words">Why.</param>
    public static AttributeUse Refused(string words) => new(AttributeUseKind.Refused, words);

    /// <summary>It is printed and has no effect, as in docker compose.</summary>
    public static AttributeUse Printed { get; } = new(AttributeUseKind.Printed);
}

/// <summary>What an attribute does.</summary>
internal enum AttributeUseKind
{
    /// <summary>It shapes containers, networks, volumes or their order.</summary>
    Runs,

    /// <summary>It shapes how images are built or pulled.</summary>
    Builds,

    /// <summary>It has done its work when the project is loaded.</summary>
    Loads,

    /// <summary>It shapes how the service is watched.</summary>
    Watches,

    /// <summary>It is ignored with a warning.</summary>
    Ignored,

    /// <summary>It stops a start.</summary>
    Refused,

    /// <summary>It is printed and has no effect.</summary>
    Printed,
}
