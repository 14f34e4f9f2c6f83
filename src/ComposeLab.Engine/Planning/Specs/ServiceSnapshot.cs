using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>Records on a container the values it was created with, to list changes later. Secrets are recorded as fingerprints.</summary>
internal static class ServiceSnapshot
{
    private const string Fingerprint = "sha256:";

    private const string ServicePath = "services.*.";

    // Attributes that are not in the config hash do not change a container.
    private static readonly HashSet<string> NotHashed =
    [
        .. SupportLines.All.Where(line => !line.Row.IsHashed && line.Path.StartsWith(ServicePath, StringComparison.Ordinal)).Select(line => line.Path[ServicePath.Length..]),
    ];

    // If there are many changes, the most important come first: image and command, then environment, then the rest by name.
    private static readonly string[] Foremost = ["image", "command", "entrypoint", "environment", "ports", "volumes", "secrets", "configs", "networks"];

    /// <summary>Writes the record.</summary>
    /// <param name="service">The service.</param>
    /// <returns>JSON: values by path.</returns>
    public static string Write(ServiceDefinition service) => JsonSerializer.Serialize(
        new SortedDictionary<string, string>(Read(service).ToDictionary(pair => pair.Key, pair => pair.Value.Note ?? ""), StringComparer.Ordinal));

    /// <summary>Writes the values of a part of a service.</summary>
    /// <param name="node">The part; null for none.</param>
    /// <returns>JSON: values by path.</returns>
    public static string Write(Node? node)
    {
        var facts = new SortedDictionary<string, Fact>(StringComparer.Ordinal);
        if (node is not null)
        {
            Collect(node, "", "", facts);
        }

        return JsonSerializer.Serialize(facts.ToDictionary(pair => pair.Key, pair => pair.Value.Note ?? ""));
    }

    /// <summary>Reads the values of a service or of a part of it, with masked secrets.</summary>
    /// <param name="node">The service's node, or a part of it.</param>
    /// <param name="path">The path of the part; empty for the service.</param>
    /// <returns>The values and their sources.</returns>
    public static ServiceValues Values(Node node, string path = "")
    {
        var facts = new SortedDictionary<string, Fact>(StringComparer.Ordinal);
        foreach (MappingEntry entry in node is MappingNode map ? map.Entries : [])
        {
            Collect(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Key, facts);
        }

        return new ServiceValues(
            facts.ToDictionary(pair => pair.Key, pair => Shown(pair.Value.Note) ?? "", StringComparer.Ordinal),
            facts.Where(pair => pair.Value.Origin is not null).ToDictionary(pair => pair.Key, pair => pair.Value.Origin!, StringComparer.Ordinal));
    }

    /// <summary>Reads a record.</summary>
    /// <param name="note">The record; empty if there is none.</param>
    /// <returns>Values by path; null if the record is not usable.</returns>
    public static IReadOnlyDictionary<string, string>? Read(string note)
    {
        try
        {
            return note.Length == 0 ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(note);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Lists the differences between a record and the service.</summary>
    /// <param name="note">The record; empty if there is none.</param>
    /// <param name="service">The service.</param>
    /// <returns>One entry for each path, most important first; null if the record is not usable.</returns>
    public static IReadOnlyList<FieldChange>? Differences(string note, ServiceDefinition service)
    {
        if (Read(note) is not { } before)
        {
            return null;
        }

        SortedDictionary<string, Fact> after = Read(service);
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal).OrderBy(Weight).ThenBy(path => path, StringComparer.Ordinal)
                .Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path).Note)
                .Select(path => new FieldChange(
                    path, Shown(before.GetValueOrDefault(path)), Shown(after.GetValueOrDefault(path).Note), after.GetValueOrDefault(path).Origin)),
        ];
    }

    /// <summary>A value for display.</summary>
    /// <param name="name">The name the value belongs to.</param>
    /// <param name="value">The value; null if there is none.</param>
    /// <returns>The value with masked secrets.</returns>
    public static string? Shown(string name, string? value) => value is null ? null : SecretMask.Standard.Mask(name, value);

    private static int Weight(string path)
    {
        int end = path.AsSpan().IndexOfAny('.', '[');
        int place = Array.IndexOf(Foremost, end < 0 ? path : path[..end]);
        return place < 0 ? Foremost.Length : place;
    }

    private static string? Shown(string? note) =>
        note?.StartsWith(Fingerprint, StringComparison.Ordinal) ?? false ? SecretMask.Masked : note;

    private static SortedDictionary<string, Fact> Read(ServiceDefinition service)
    {
        var facts = new SortedDictionary<string, Fact>(StringComparer.Ordinal);
        Collect(service.Node, "", "", facts);
        return facts;
    }

    private static void Collect(Node node, string path, string name, SortedDictionary<string, Fact> facts)
    {
        if (NotHashed.Contains(path))
        {
            return;
        }

        switch (node)
        {
            case MappingNode map:
                foreach (MappingEntry entry in map.Entries)
                {
                    Collect(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Key, facts);
                }

                break;
            case SequenceNode list:
                for (int index = 0; index < list.Items.Count; index++)
                {
                    Collect(list.Items[index], $"{path}[{index}]", name, facts);
                }

                break;
            case ScalarNode { IsNull: false } scalar:
                bool isSecret = SecretMask.Standard.Mask(name, scalar.Text) != scalar.Text;
                facts[path] = new Fact(isSecret ? Hidden(scalar.Text) : scalar.Text, scalar.Origin);
                break;
        }
    }

    /// <summary>The fingerprint of a file that is copied into a container.</summary>
    /// <param name="file">The file.</param>
    /// <returns>A hash of its content, mode and owner.</returns>
    public static string FingerprintOf(ContainerFile file)
    {
        byte[] about = Encoding.UTF8.GetBytes($"{file.Mode}:{file.UserId}:{file.GroupId}:");
        return Fingerprint + Convert.ToHexString(SHA256.HashData([.. about, .. file.Content.Span]))[..16];
    }

    private static string Hidden(string secret) => Fingerprint + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..16];

    /// <summary>The record of a value.</summary>
    /// <param name="Note">The value, or the fingerprint of a secret.</param>
    /// <param name="Origin">Its source.</param>
    private readonly record struct Fact(string? Note, Origin? Origin);
}

/// <summary>The values of a service by path.</summary>
/// <param name="Masked">The values; secrets are masked.</param>
/// <param name="Origins">Their sources.</param>
internal sealed record ServiceValues(IReadOnlyDictionary<string, string> Masked, IReadOnlyDictionary<string, Origin> Origins);
