namespace ComposeLab.Api.Endpoints;

/// <summary>The answer of <c>/healthz</c>.</summary>
/// <param name="Status">Always <c>alive</c>: a service that can say so is.</param>
internal sealed record Liveness(string Status);
