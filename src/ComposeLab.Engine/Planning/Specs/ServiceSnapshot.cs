using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Validation;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Notes on a container what it was made of, and names later what differs. Secrets are noted as fingerprints, which are too short to guess the secret from: whoever
/// may list containers reads the labels.
/// </summary>
internal static class ServiceSnapshot
{
    // Three hexadecimal digits: one guess in 4,096 fits, so a fit tells nothing. Whether a container is recreated is decided by its config hash, not by these.
    private const string Fingerprint = "secret:";
    private const int FingerprintDigits = 3;

    // The items of a longer list, such as a range of ports, are not noted one by one: the engine keeps the note as a label.
    private const int LongestList = 200;

    private const string FileFingerprint = "pbkdf2:";
    private const int FileRounds = 2_000;
    private const int FileBytes = 8;

    // What version 0.1.0 wrote.
    private const string EarlierFingerprint = "sha256:";

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
    /// <param name="mask">Knows the project's secrets.</param>
    /// <returns>JSON: values by path.</returns>
    public static string Write(ServiceDefinition service, SecretMask mask) => JsonSerializer.Serialize(
        new SortedDictionary<string, string>(Read(service, mask).ToDictionary(pair => pair.Key, pair => pair.Value.Note ?? ""), StringComparer.Ordinal));

    /// <summary>Writes all values of a part of a service, secrets included: for hashes only.</summary>
    /// <param name="node">The part; null for none.</param>
    /// <returns>A text that only equal parts share.</returns>
    public static string WriteAll(Node? node) => node is null ? "" : NodeIdentity.Of(node);

    /// <summary>Reads the values of a service or of a part of it, with masked secrets.</summary>
    /// <param name="node">The service's node, or a part of it.</param>
    /// <param name="mask">Knows the project's secrets.</param>
    /// <param name="path">The path of the part; empty for the service.</param>
    /// <returns>The values and where they come from.</returns>
    public static ServiceValues Values(Node node, SecretMask mask, string path = "")
    {
        var facts = new SortedDictionary<string, Fact>(StringComparer.Ordinal);
        foreach (MappingEntry entry in node is MappingNode map ? map.Entries : [])
        {
            Collect(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Key, mask, facts);
        }

        return new ServiceValues(
            facts.ToDictionary(pair => pair.Key, pair => pair.Value.Shown ?? "", StringComparer.Ordinal),
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
    /// <param name="mask">Knows the project's secrets.</param>
    /// <returns>One entry for each path, the most telling first; null where the note tells nothing.</returns>
    public static IReadOnlyList<FieldChange>? Differences(string note, ServiceDefinition service, SecretMask mask)
    {
        if (Read(note) is not { } before)
        {
            return null;
        }

        SortedDictionary<string, Fact> after = Read(service, mask);
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal).OrderBy(Weight).ThenBy(path => path, StringComparer.Ordinal)
                .Where(path => !after.GetValueOrDefault(path).IsNotedAs(before.GetValueOrDefault(path)))
                .Select(path => new FieldChange(
                    path, Shown(path, before.GetValueOrDefault(path), mask), after.GetValueOrDefault(path).Shown, after.GetValueOrDefault(path).Origin)),
        ];
    }

    /// <summary>A value for display.</summary>
    /// <param name="name">The name the value belongs to.</param>
    /// <param name="value">The value, or a note of it; null where there is none.</param>
    /// <param name="mask">Knows the project's secrets.</param>
    /// <returns>The value without its secrets.</returns>
    public static string? Shown(string name, string? value, SecretMask mask) => value is null ? null
        : value.StartsWith(Fingerprint, StringComparison.Ordinal) || value.StartsWith(EarlierFingerprint, StringComparison.Ordinal) ? SecretMask.Masked
        : mask.Mask(name[(name.LastIndexOf('.') + 1)..], value);

    private static int Weight(string path)
    {
        int end = path.AsSpan().IndexOfAny('.', '[');
        int place = Array.IndexOf(Foremost, end < 0 ? path : path[..end]);
        return place < 0 ? Foremost.Length : place;
    }

    private static SortedDictionary<string, Fact> Read(ServiceDefinition service, SecretMask mask)
    {
        var facts = new SortedDictionary<string, Fact>(StringComparer.Ordinal);
        Collect(service.Node, "", "", mask, facts);
        return facts;
    }

    private static void Collect(Node node, string path, string name, SecretMask mask, SortedDictionary<string, Fact> facts)
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
                    Collect(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Key, mask, facts);
                }

                break;
            case SequenceNode { Count: > LongestList } list:
                string items = $"{list.Count} items, {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(NodeIdentity.Of(list))))[..FingerprintDigits]}";
                facts[path] = new Fact(items, items, list.Origin);
                break;
            case SequenceNode list:
                for (int index = 0; index < list.Items.Count; index++)
                {
                    Collect(list.Items[index], $"{path}[{index}]", name, mask, facts);
                }

                break;
            case ScalarNode { IsNull: false } scalar:
                string shown = mask.Mask(name, scalar.Text);
                facts[path] = new Fact(scalar.Text, shown == scalar.Text ? scalar.Text : SecretMask.Masked, scalar.Origin);
                break;
        }
    }

    /// <summary>The fingerprint of a file that is copied into a container.</summary>
    /// <param name="file">The file.</param>
    /// <returns>A slow hash of its content, mode and owner, of which the place of the file is the salt.</returns>
    public static string FingerprintOf(ContainerFile file) => FileFingerprint + Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(
        Described(file), Encoding.UTF8.GetBytes($"composelab:{file.Path}"), FileRounds, HashAlgorithmName.SHA256, FileBytes));

    /// <summary>Whether a container was given a file as it is now.</summary>
    /// <param name="noted">What its maker noted.</param>
    /// <param name="file">The file.</param>
    public static bool IsNotedAs(string noted, ContainerFile file) => noted.StartsWith(EarlierFingerprint, StringComparison.Ordinal)
        ? noted == EarlierFingerprint + Convert.ToHexString(SHA256.HashData(Described(file)))[..16]
        : noted == FingerprintOf(file);

    private static byte[] Described(ContainerFile file) => [.. Encoding.UTF8.GetBytes($"{file.Mode}:{file.UserId}:{file.GroupId}:"), .. file.Content.Span];

    /// <summary>A value of a service.</summary>
    /// <param name="Text">The value; null where there is none.</param>
    /// <param name="Shown">The value as it may be shown.</param>
    /// <param name="Origin">Where it comes from.</param>
    private readonly record struct Fact(string? Text, string? Shown, Origin? Origin)
    {
        /// <summary>What is noted of it: the value, or the fingerprint of a secret.</summary>
        public string? Note => IsSecret ? Fingerprint + Hash()[..FingerprintDigits] : Text;

        private bool IsSecret => Text != Shown;

        /// <summary>Whether a note is about this value. Earlier versions noted longer fingerprints, and some secrets in full.</summary>
        /// <param name="note">The note; null where there is none.</param>
        public bool IsNotedAs(string? note) => note == Note
            || (IsSecret && note is not null && (note == Text || (note.StartsWith(EarlierFingerprint, StringComparison.Ordinal) && note == EarlierFingerprint + Hash()[..16])));

        private string Hash() => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Text!)));
    }
}

/// <summary>The values of a service by path.</summary>
/// <param name="Masked">The values; secrets are masked.</param>
/// <param name="Origins">Their sources.</param>
internal sealed record ServiceValues(IReadOnlyDictionary<string, string> Masked, IReadOnlyDictionary<string, Origin> Origins);
