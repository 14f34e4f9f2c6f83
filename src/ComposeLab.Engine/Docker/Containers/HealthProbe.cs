namespace ComposeLab.Engine.Docker;

/// <summary>One run of a healthcheck.</summary>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="ExitCode">0 is healthy; -1 means that it did not end in time.</param>
/// <param name="Output">What it printed, cut by the engine at 4 KB.</param>
public sealed record HealthProbe(DateTimeOffset Started, DateTimeOffset Ended, int ExitCode, string Output);
