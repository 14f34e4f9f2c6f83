using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ComposeLab.Engine.Images.Memory;

/// <summary>What shapes an image beside its build context.</summary>
internal static class BuildOptions
{
    // Counts up when the same options make the engine do something else than before.
    private const int Format = 1;

    /// <summary>Whether the outcome of such a build can be known at all without asking the engine.</summary>
    /// <param name="build">The build.</param>
    /// <returns>False where it asks for work, for newer bases or for a cache by name, or gives the image no name.</returns>
    public static bool CanBeKnown(BuildSpec build) => build is { NoCache: false, Pull: false, CacheFrom.Count: 0, Names.Count: > 0 };

    /// <summary>Digests the options of a build. Values of arguments, which may be secrets, cannot be read out of it.</summary>
    /// <param name="build">The build.</param>
    /// <returns>A SHA-256 in hexadecimal: equal options have equal digests.</returns>
    public static string Digest(BuildSpec build)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            json.WriteNumberValue(Format);
            json.WriteStringValue(build.Target);
            json.WriteStringValue(build.Platform);
            json.WriteStringValue(build.Network);
            json.WriteStringValue(build.ShmBytes?.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Write(json, build.Names);
            Write(json, build.ExtraHosts);
            Write(json, build.Arguments);
            Write(json, build.Labels.Select(label => KeyValuePair.Create(label.Key, (string?)label.Value)));
            json.WriteEndArray();
        }

        return Convert.ToHexString(SHA256.HashData(text.ToArray()));
    }

    /// <summary>Digests what a build is found again by: the engine's address and the image's name.</summary>
    /// <param name="address">The engine's address.</param>
    /// <param name="build">The build.</param>
    /// <returns>Hexadecimal digits that can be a file's name.</returns>
    public static string Key(Uri address, BuildSpec build) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{address.OriginalString}\n{build.Names[0]}")).AsSpan(0, 16));

    private static void Write(Utf8JsonWriter json, IEnumerable<string> items)
    {
        json.WriteStartArray();
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        json.WriteStartObject();
        foreach ((string key, string? value) in pairs.Where(pair => pair.Value is not null).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
