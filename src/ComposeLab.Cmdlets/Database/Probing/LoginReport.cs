namespace ComposeLab.Database.Probing;

/// <summary>How a login went.</summary>
internal sealed record LoginReport
{
    /// <summary>What failed; None when nothing did.</summary>
    public LoginFault Fault { get; init; } = LoginFault.NotTried;

    /// <summary>The step that failed; null when none did or nothing was tried.</summary>
    public LoginStep? FailedStep { get; init; }

    /// <summary>How long each step took, the failed one included.</summary>
    public IReadOnlyDictionary<LoginStep, TimeSpan> Latencies { get; init; } = new Dictionary<LoginStep, TimeSpan>();

    /// <summary>Whether the server offers TLS; null when it was not asked.</summary>
    public bool? OffersTls { get; init; }

    /// <summary>What the server or the relay said, in its own words; empty when nothing.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The way that was taken.</summary>
    public string Route { get; init; } = "";
}
