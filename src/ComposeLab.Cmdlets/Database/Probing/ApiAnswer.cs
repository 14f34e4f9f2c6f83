namespace ComposeLab.Database.Probing;

/// <summary>What came back when the API was asked for <c>/db-check</c>.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="Latency">How long it took; null when nothing was asked.</param>
/// <param name="Address">Where it was asked; empty when nowhere.</param>
/// <param name="Cause">The API's own word for the cause; null when it gave none.</param>
/// <param name="Message">The API's own sentence, or what was seen.</param>
internal sealed record ApiAnswer(ApiAnswerKind Kind, TimeSpan? Latency = null, string Address = "", string? Cause = null, string Message = "");
