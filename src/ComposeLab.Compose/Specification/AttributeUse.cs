namespace ComposeLab.Compose.Specification;

/// <summary>What an attribute does once the project is loaded.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Words">Why it does nothing or is refused, or under which condition; empty if there is nothing to say.</param>
internal sealed record AttributeUse(AttributeUseKind Kind, string Words = "")
{
    /// <summary>Where it is ignored or refused although it is used elsewhere.</summary>
    public IReadOnlyList<EngineLimit> Limits { get; init; } = [];

    /// <summary>All restrictions on engines: the whole attribute if it is ignored or rejected, and the <see cref="Limits"/>.</summary>
    public IEnumerable<EngineLimit> NotHonored =>
        Kind is AttributeUseKind.Ignored or AttributeUseKind.Refused ? Limits.Prepend(new EngineLimit(Kind == AttributeUseKind.Refused, Words)) : Limits;

    /// <summary>This use with limits.</summary>
    /// <param name="limits">The conditions under which it is ignored or rejected.</param>
    public AttributeUse But(params EngineLimit[] limits) => this with { Limits = limits };

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

/// <summary>Where an engine does not honor an attribute.</summary>
/// <param name="IsError">Whether it stops a start; otherwise the attribute is ignored with a warning.</param>
/// <param name="Words">Why, as the rest of a sentence.</param>
internal sealed record EngineLimit(bool IsError, string Words)
{
    /// <summary>Under which condition it holds.</summary>
    public LimitCondition Condition { get; init; }

    /// <summary>The first API version of an engine that supports it; null if no version does.</summary>
    public Version? Since { get; init; }

    /// <summary>The values to which it applies; empty means every value.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The values to which it does not apply.</summary>
    public IReadOnlyList<string> OtherValues { get; init; } = [];

    /// <summary>Whether <c>false</c> is a value like others; otherwise it means that the attribute is not used.</summary>
    public bool CountsFalse { get; init; }

    /// <summary>Whether docker-buildx honors it where that is installed.</summary>
    public bool IsByBuildx { get; init; }

    /// <summary>What the user can do instead, as an order in words; empty: nothing but to remove the attribute.</summary>
    public string Alternative { get; init; } = "";

    /// <summary>Ignored.</summary>
    /// <param name="words">Why.</param>
    public static EngineLimit Ignored(string words) => new(false, words);

    /// <summary>Rejected.</summary>
    /// <param name="words">Why.</param>
    public static EngineLimit Refused(string words) => new(true, words);

    /// <summary>Rejected unless docker-buildx builds the image.</summary>
    /// <param name="what">What needs it, as the subject of a sentence.</param>
    public static EngineLimit NeedsBuildx(string what) => new(true, $"{what} needs docker-buildx, which is not installed") { IsByBuildx = true };

    /// <summary>Ignored by engines before a release.</summary>
    /// <param name="release">The release of Docker.</param>
    /// <param name="minor">Its API version 1.x.</param>
    public static EngineLimit IgnoredBefore(string release, int minor) => Before(false, release, minor);

    /// <summary>Rejected by engines before a release.</summary>
    /// <param name="release">The release of Docker.</param>
    /// <param name="minor">Its API version 1.x.</param>
    public static EngineLimit RefusedBefore(string release, int minor) => Before(true, release, minor);

    /// <summary>The limit and its values, as text.</summary>
    public override string ToString()
    {
        string values = Values.Count == 0 ? "" : " for " + string.Join(", ", Values.Select(value => $"`{value}`"));
        return $"{(IsError ? "refused" : "ignored")}{values}: {Words}";
    }

    private static EngineLimit Before(bool isError, string release, int minor) => new(isError, $"it needs Docker {release} or later")
    {
        Since = new Version(1, minor),
        Alternative = $"use Docker {release} or later",
    };
}

/// <summary>The conditions of limits. The planner of an engine decides whether one is met.</summary>
internal enum LimitCondition
{
    /// <summary>No condition: it always applies.</summary>
    Always,

    /// <summary>The engine runs Linux containers.</summary>
    LinuxContainers,

    /// <summary>The engine is not reached by a socket of this machine.</summary>
    NoSocket,

    /// <summary>The service has a network mode instead of networks.</summary>
    NetworkMode,

    /// <summary>The network is not the one that the container is created in.</summary>
    FurtherNetwork,

    /// <summary>The healthcheck has no start period.</summary>
    NoStartPeriod,

    /// <summary>The secret or config is a file of the host.</summary>
    HostFile,

    /// <summary>The root file system of a service that uses it is read-only.</summary>
    ReadOnlyRoot,

    /// <summary>The build context is not a directory.</summary>
    RemoteContext,

    /// <summary>A cache source is not an image.</summary>
    CacheIsNoImage,

    /// <summary>A cache target is not the image itself.</summary>
    CacheIsNotInline,

    /// <summary>A context is not the image of another service, or of the engine.</summary>
    ContextIsNoImage,

    /// <summary>There are several platforms, and the service does not choose one of them.</summary>
    SeveralPlatforms,
}
