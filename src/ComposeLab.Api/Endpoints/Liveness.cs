namespace ComposeLab.Api.Endpoints;

/// <summary>The answer of <c>/healthz</c>.</summary>
/// <param name="Status">Always <c>alive</c>.</param>
internal sealed record Liveness(string Status);
