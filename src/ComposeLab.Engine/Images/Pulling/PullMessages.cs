namespace ComposeLab.Engine.Images.Pulling;

/// <summary>
/// Classifies the engine's messages about failed pulls, which have no codes. The messages are from the engine, the registry, and Go's network library.
/// </summary>
internal static class PullMessages
{
    // The first match applies: if the engine cannot distinguish the two, "denied" appears together with "does not exist".
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
        ("temporary failure in name resolution", PullFault.Unreachable),
        ("server misbehaving", PullFault.Unreachable),
        ("connection refused", PullFault.Unreachable),
        ("connection reset", PullFault.Unreachable),
        ("no route to host", PullFault.Unreachable),
        ("network is unreachable", PullFault.Unreachable),
        ("host is down", PullFault.Unreachable),
        ("broken pipe", PullFault.Unreachable),
        ("server closed idle connection", PullFault.Unreachable),
        ("closed network connection", PullFault.Unreachable),
        ("transport connection broken", PullFault.Unreachable),
        ("client connection lost", PullFault.Unreachable),
        ("client connection force closed", PullFault.Unreachable),
        ("server sent goaway", PullFault.Unreachable),
        ("stream error:", PullFault.Unreachable),
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

    // These errors are permanent.
    private static readonly string[] Lasting = ["no such host", "x509", "gave http response to https client"];

    /// <summary>Determines the kind of an error.</summary>
    /// <param name="words">The engine's message.</param>
    /// <returns>The kind.</returns>
    public static PullFault Of(string words) =>
        Array.Find(Known, entry => words.Contains(entry.Words, StringComparison.OrdinalIgnoreCase)) is { Words: not null } found ? found.Fault : PullFault.Other;

    /// <summary>Whether the error may be temporary.</summary>
    /// <param name="words">The engine's message.</param>
    /// <returns>True if a retry makes sense.</returns>
    public static bool IsTransient(string words) => Of(words) is PullFault.Unreachable or PullFault.TooMany
        && !Array.Exists(Lasting, lasting => words.Contains(lasting, StringComparison.OrdinalIgnoreCase));
}
