using System.Globalization;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>A value of a service that differs from the one its container was made with.</summary>
/// <param name="Path">The path inside the service, such as <c>environment.LOG_LEVEL</c>.</param>
/// <param name="Before">The value then; null where there was none. Secrets are masked.</param>
/// <param name="After">The value now; null where there is none. Secrets are masked.</param>
/// <param name="Origin">Where the compose files give the value now; null where there is none.</param>
public sealed record FieldChange(string Path, string? Before, string? After, Origin? Origin)
{
    /// <summary>The change as part of a cause.</summary>
    /// <returns><c>environment.LOG_LEVEL: info -> debug (compose.dev.yaml:12)</c>.</returns>
    public override string ToString()
    {
        string place = Origin is { IsInFile: true } ? string.Create(CultureInfo.InvariantCulture, $" ({System.IO.Path.GetFileName(Origin.File)}:{Origin.Line})") : "";
        return $"{Path}: {Before ?? "(none)"} -> {After ?? "(none)"}{place}";
    }
}
