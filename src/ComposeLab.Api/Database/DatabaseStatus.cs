using System.Text.Json.Serialization;

namespace ComposeLab.Api.Database;

/// <summary>What <c>/db-check</c> found.</summary>
/// <param name="Ok">Whether <c>SELECT 1</c> was answered.</param>
/// <param name="ElapsedMs">How long the check took, in milliseconds.</param>
/// <param name="Database">The database asked, as host:port/name; absent when none is configured.</param>
/// <param name="Cause">Why it failed, a stable word such as <c>connection_refused</c>; absent on success.</param>
/// <param name="Message">The cause in a sentence, with what to look at; absent on success. Never contains a secret.</param>
internal sealed record DatabaseStatus(
    bool Ok,
    double ElapsedMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Database,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cause = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null);
