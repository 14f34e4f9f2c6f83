namespace ComposeLab.Engine.Docker;

/// <summary>One line of the engine's progress while it pulls.</summary>
/// <param name="Layer">The layer's short id; empty for lines about the whole image.</param>
/// <param name="Status">What happens, in the engine's words.</param>
/// <param name="Current">Bytes done; 0 where unknown.</param>
/// <param name="Total">Bytes to do; 0 where unknown.</param>
/// <param name="Error">Why the pull failed; null as long as it has not.</param>
public sealed record ImagePullMessage(string Layer, string Status, long Current, long Total, string? Error);
