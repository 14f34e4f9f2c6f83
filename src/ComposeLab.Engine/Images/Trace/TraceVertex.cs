namespace ComposeLab.Engine.Images.Trace;

/// <summary>One node of BuildKit's graph, as far as a progress message tells.</summary>
/// <param name="Digest">What identifies it.</param>
/// <param name="Name">Its instruction with stage and number, or an internal step's name.</param>
/// <param name="Cached">Whether its result came from the cache.</param>
/// <param name="Started">When it began; null before.</param>
/// <param name="Completed">When it ended; null before.</param>
/// <param name="Error">Why it failed; empty when it did not.</param>
internal sealed record TraceVertex(string Digest, string Name, bool Cached, DateTimeOffset? Started, DateTimeOffset? Completed, string Error);
