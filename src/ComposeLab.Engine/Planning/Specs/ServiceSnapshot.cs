using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>Notes on a container what it was made of, and names later what differs. Secrets are noted as fingerprints.</summary>
internal static class ServiceSnapshot
{
    private const string Fingerprint = "sha256:";

    private const string ServicePath = "services.*.";

    // What the config hash leaves out does not change a container.
    private static readonly HashSet<string> NotHashed =
    [
        .. SupportLines.All.Where(line => !line.Row.IsHashed && line.Path.StartsWith(ServicePath, StringComparison.Ordinal)).Select(line => line.Path[ServicePath.Length..]),
    ];

    // Where much differs, what a reader looks for comes first: what runs, then what it is given, then the rest by name.
    private static readonly string[] Foremost = ["image", "command", "entrypoint", "environment", "ports", "volumes", "secrets", "configs", "networks"];

    /// <summary>Writes the note.</summary>
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

    /// <summary>Reads the values of a service or of a part of it, as they may be shown.</summary>
    /// <param name="node">The service's node, or a part of it.</param>
    /// <param name="path">The path of the part; empty for the service.</param>
    /// <returns>The values and where they come from.</returns>
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

    /// <summary>Reads a note.</summary>
    /// <param name="note">The note; empty where the container's maker left none.</param>
    /// <returns>Values by path; null where the note tells nothing.</returns>
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

    /// <summary>Names what differs between a note and the service.</summary>
    /// <param name="note">The note; empty where the container's maker left none.</param>
    /// <param name="service">The service.</param>
    /// <returns>One entry for each path, the most telling first; null where the note tells nothing.</returns>
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

    /// <summary>A value as it may be shown.</summary>
    /// <param name="name">The name the value belongs to.</param>
    /// <param name="value">The value; null where there is none.</param>
    /// <returns>The value without its secrets.</returns>
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

    /// <summary>The fingerprint of a file that is put into a container.</summary>
    /// <param name="file">The file.</param>
    /// <returns>A hash of its content, mode and owner.</returns>
    public static string FingerprintOf(ContainerFile file)
    {
        byte[] about = Encoding.UTF8.GetBytes($"{file.Mode}:{file.UserId}:{file.GroupId}:");
        return Fingerprint + Convert.ToHexString(SHA256.HashData([.. about, .. file.Content.Span]))[..16];
    }

    private static string Hidden(string secret) => Fingerprint + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..16];

    /// <summary>What is noted of a value.</summary>
    /// <param name="Note">The value, or the fingerprint of a secret.</param>
    /// <param name="Origin">Where it comes from.</param>
    private readonly record struct Fact(string? Note, Origin? Origin);
}

/// <summary>The values of a service by path.</summary>
/// <param name="Masked">The values; secrets are masked.</param>
/// <param name="Origins">Where they come from.</param>
internal sealed record ServiceValues(IReadOnlyDictionary<string, string> Masked, IReadOnlyDictionary<string, Origin> Origins);
