using System.Text.Json;

namespace ComposeLab.Engine.Images.Buildx;

/// <summary>What the builder recommends to change in a Dockerfile.</summary>
public sealed record DockerfileWarning
{
    /// <summary>The name of the builder's rule, such as <c>JSONArgsRecommended</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>What the rule checks.</summary>
    public string Description { get; init; } = "";

    /// <summary>The page about the rule; empty if there is none.</summary>
    public string Url { get; init; } = "";

    /// <summary>The line in the Dockerfile, from 1; 0 if unknown.</summary>
    public int Line { get; init; }

    /// <summary>Reads the answer of a check.</summary>
    /// <param name="json">The plugin's standard output.</param>
    /// <returns>The warnings; null if it is not a valid answer, or if the Dockerfile cannot be built at all.</returns>
    internal static IReadOnlyList<DockerfileWarning>? Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.TryGetProperty("buildError", out JsonElement error) && error.ValueKind == JsonValueKind.Object)
            {
                return null;
            }

            return root.TryGetProperty("warnings", out JsonElement warnings) && warnings.ValueKind == JsonValueKind.Array ? [.. warnings.EnumerateArray().Select(Of)] : [];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static DockerfileWarning Of(JsonElement warning)
    {
        string Text(string name) => warning.TryGetProperty(name, out JsonElement text) ? text.GetString() ?? "" : "";
        string detail = Text("detail");
        return new DockerfileWarning
        {
            Rule = Text("ruleName"),
            Message = detail.Length > 0 ? detail : Text("description"),
            Description = Text("description"),
            Url = Text("url"),
            Line = warning.TryGetProperty("location", out JsonElement location) && location.TryGetProperty("ranges", out JsonElement ranges)
                && ranges.ValueKind == JsonValueKind.Array && ranges.GetArrayLength() > 0
                && ranges[0].TryGetProperty("start", out JsonElement start) && start.TryGetProperty("line", out JsonElement line) && line.TryGetInt32(out int number) ? number : 0,
        };
    }
}
