namespace ComposeLab.Engine.Docker;

/// <summary>
/// How long an engine may take to answer. Builds, pulls, followed logs, events and running commands have no total limit: they end with their work or with the
/// caller's token. Only their first answer has a limit.
/// </summary>
internal sealed record EngineLimits
{
    /// <summary>The limits of a connection.</summary>
    public static readonly EngineLimits Standard = new();

    /// <summary>The first answer, which negotiates the API version: 10 seconds.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Lists, inspections and the first answer of a log or a command: 30 seconds.</summary>
    public TimeSpan Read { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Changes such as creating, starting and removing: 2 minutes, because a machine under load can be slow.</summary>
    public TimeSpan Change { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The silence in the middle of a log that is not followed, and copies into a container: 5 minutes.</summary>
    public TimeSpan Transfer { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A stop with a grace period that only the container knows, and an image that is removed or imported: 1 hour.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(1);
}
