namespace ComposeLab.Engine.Images.Pulling;

/// <summary>
/// Understands the engine's words about failed pulls: it has no codes for them. The words come from the engine, from the registry and from Go's network library.
/// </summary>
internal static class PullMessages
{
    // Of several that fit the first counts: "denied" comes with "does not exist" where the engine cannot know which it is.
    private static readonly (string Words, PullFault Fault)[] Known =
    [
        ("no matching manifest", PullFault.NoSuchPlatform),
        ("does not match the specified platform", PullFault.NoSuchPlatform),
        ("does not provide the specified platform", PullFault.NoSuchPlatform),
        ("cannot be used on this platform", PullFault.NoSuchPlatform),
        ("toomanyrequests", PullFault.TooMany),
        ("too many requests", PullFault.TooMany),
        ("pull access denied", PullFault.Denied),
        ("unauthorized", PullFault.Denied),
        ("authentication required", PullFault.Denied),
        ("no basic auth credentials", PullFault.Denied),
        ("access to the resource is denied", PullFault.Denied),
        ("403 forbidden", PullFault.Denied),
        ("denied:", PullFault.Denied),
        ("manifest unknown", PullFault.NotFound),
        ("name unknown", PullFault.NotFound),
        ("repository name not known", PullFault.NotFound),
        ("404 not found", PullFault.NotFound),
        ("not found", PullFault.NotFound),
        ("no such host", PullFault.Unreachable),
        ("server misbehaving", PullFault.Unreachable),
        ("connection refused", PullFault.Unreachable),
        ("connection reset", PullFault.Unreachable),
        ("no route to host", PullFault.Unreachable),
        ("network is unreachable", PullFault.Unreachable),
        ("broken pipe", PullFault.Unreachable),
        ("timeout", PullFault.Unreachable),
        ("timed out", PullFault.Unreachable),
        ("deadline exceeded", PullFault.Unreachable),
        ("request canceled", PullFault.Unreachable),
        ("unexpected eof", PullFault.Unreachable),
        (": eof", PullFault.Unreachable),
        ("unexpected http status: 5", PullFault.Unreachable),
        ("500 internal server error", PullFault.Unreachable),
        ("502 bad gateway", PullFault.Unreachable),
        ("503 service unavailable", PullFault.Unreachable),
        ("x509", PullFault.Unreachable),
        ("gave http response to https client", PullFault.Unreachable),
    ];

    // These stay as they are, however often one asks.
    private static readonly string[] Lasting = ["no such host", "x509", "gave http response to https client"];

    /// <summary>Names the kind of a fault.</summary>
    /// <param name="words">The engine's words.</param>
    /// <returns>The kind.</returns>
    public static PullFault Of(string words) =>
        Array.Find(Known, entry => words.Contains(entry.Words, StringComparison.OrdinalIgnoreCase)) is { Words: not null } found ? found.Fault : PullFault.Other;

    /// <summary>Whether the fault may be gone in a moment.</summary>
    /// <param name="words">The engine's words.</param>
    /// <returns>True if a new attempt makes sense.</returns>
    public static bool IsTransient(string words) => Of(words) is PullFault.Unreachable or PullFault.TooMany
        && !Array.Exists(Lasting, lasting => words.Contains(lasting, StringComparison.OrdinalIgnoreCase));
}
