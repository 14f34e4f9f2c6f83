using System.Text.Json.Serialization;

namespace ComposeLab.Api.Database;

/// <summary>The result of <c>/db-check</c>.</summary>
/// <param name="Ok">Whether <c>SELECT 1</c> succeeded.</param>
/// <param name="ElapsedMs">The duration of the check, in milliseconds.</param>
/// <param name="Database">The checked database, as host:port/name; absent when none is configured.</param>
/// <param name="Cause">The reason of the failure, a stable identifier such as <c>connection_refused</c>; absent on success.</param>
/// <param name="Message">A sentence with the cause and what to check; absent on success. Never contains a secret.</param>
internal sealed record DatabaseStatus(
    bool Ok,
    double ElapsedMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Database,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cause = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null);
