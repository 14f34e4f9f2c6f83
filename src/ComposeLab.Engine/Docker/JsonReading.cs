using System.Text.Json;

namespace ComposeLab.Engine.Docker;

/// <summary>Reads answers whose parts may be missing or of another type; such a part is empty.</summary>
internal static class JsonReading
{
    /// <summary>The member of an object.</summary>
    /// <param name="element">The object; anything else has no members.</param>
    /// <param name="name">The name.</param>
    /// <returns>The member; undefined if it is missing.</returns>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>The members of an object.</summary>
    /// <param name="element">The object.</param>
    /// <returns>The members.</returns>
    public static IEnumerable<JsonProperty> Properties(this JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : [];

    /// <summary>The objects in an array.</summary>
    /// <param name="element">The array.</param>
    /// <returns>The objects; other items are left out.</returns>
    public static IEnumerable<JsonElement> Rows(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    /// <summary>The objects in an array that is a member.</summary>
    /// <param name="element">The object with the array.</param>
    /// <param name="name">The name of the array.</param>
    /// <returns>The objects.</returns>
    public static IEnumerable<JsonElement> Rows(this JsonElement element, string name) => element.Member(name).Rows();

    /// <summary>A text.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The name of the member.</param>
    /// <returns>The text; empty if it is missing.</returns>
    public static string Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    /// <summary>A list of texts.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The name of the member.</param>
    /// <returns>The texts.</returns>
    public static IEnumerable<string> Texts(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.Array } list
        ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
        : [];

    /// <summary>A whole number.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The name of the member.</param>
    /// <returns>The number; 0 if it is missing.</returns>
    public static long Whole(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) ? number : 0;

    /// <summary>A switch.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The name of the member.</param>
    /// <returns>Whether it is true.</returns>
    public static bool Flag(this JsonElement element, string name) => element.Member(name).ValueKind == JsonValueKind.True;
}
