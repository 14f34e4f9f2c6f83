using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>Notes on a container what it was made of, and names later what differs. Secrets are noted as fingerprints.</summary>
internal static class ServiceFacts
{
    // These do not change a container, so that they are no cause to make it anew.
    private static readonly string[] Ignored = ["build", "pull_policy", "scale", "depends_on", "profiles", "deploy.replicas"];

    /// <summary>Writes the note.</summary>
    /// <param name="service">The service.</param>
    /// <returns>JSON: values by path.</returns>
    public static string Write(ServiceDefinition service) => JsonSerializer.Serialize(Read(service));

    /// <summary>Names what differs between a note and the service.</summary>
    /// <param name="note">The note; empty where the container's maker left none.</param>
    /// <param name="service">The service.</param>
    /// <returns>One entry for each path, such as <c>environment.LOG_LEVEL: info -> debug</c>; null where the note tells nothing.</returns>
    public static IReadOnlyList<string>? Differences(string note, ServiceDefinition service)
    {
        Dictionary<string, string>? before;
        try
        {
            before = note.Length == 0 ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(note);
        }
        catch (JsonException)
        {
            before = null;
        }

        if (before is null)
        {
            return null;
        }

        SortedDictionary<string, string> after = Read(service);
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path))
                .Select(path => $"{path}: {Show(before.GetValueOrDefault(path))} -> {Show(after.GetValueOrDefault(path))}"),
        ];
    }

    private static string Show(string? value) => value is null
        ? "(none)"
        : value.StartsWith("sha256:", StringComparison.Ordinal) ? SecretMask.Masked : value;

    private static SortedDictionary<string, string> Read(ServiceDefinition service)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(service.Node, "", "", facts);
        return facts;
    }

    private static void Collect(Node node, string path, string name, SortedDictionary<string, string> facts)
    {
        if (Ignored.Contains(path))
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
                facts[path] = isSecret ? "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(scalar.Text)))[..16] : scalar.Text;
                break;
        }
    }
}
