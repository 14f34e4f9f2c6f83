using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Checks a rule that the schema cannot express.</summary>
/// <param name="node">The value, in long syntax and with its defaults.</param>
/// <param name="path">Its place.</param>
/// <exception cref="ComposeException">The rule is violated.</exception>
internal delegate void ModelCheck(Node node, ModelPath path);

/// <summary>The checks of single values that the schema cannot express.</summary>
internal static class ModelChecks
{
    /// <summary>An external volume is managed elsewhere: only its name is allowed.</summary>
    public static void ExternalVolume(Node node, ModelPath path)
    {
        if (node is not MappingNode volume || volume["external"] is not ScalarNode { Text: "true" })
        {
            return;
        }

        foreach (MappingEntry entry in volume.Entries)
        {
            if (entry.Key is not ("name" or "external") && !entry.Key.StartsWith("x-", StringComparison.Ordinal))
            {
                throw Broken(
                    $"{path} is external, so '{entry.Key}' cannot be set: the volume is managed outside the project.",
                    $"Remove '{entry.Key}', or remove 'external'.",
                    entry.KeyOrigin,
                    path.Below(entry.Key));
            }
        }
    }

    /// <summary>A secret or config has one source.</summary>
    /// <param name="sources">The attributes that can be the source.</param>
    public static ModelCheck OneSource(params string[] sources) => (node, path) => OneSource(node, path, sources);

    private static void OneSource(Node node, ModelPath path, string[] sources)
    {
        if (node is not MappingNode resource)
        {
            return;
        }

        MappingEntry[] given = resource.Entries.Where(entry => sources.Contains(entry.Key, StringComparer.Ordinal)).ToArray();
        if (given.Length > 1)
        {
            throw Broken(
                $"{path} must have one of {string.Join(", ", sources)}, found {string.Join(" and ", given.Select(entry => entry.Key))}.",
                "Keep one of them.",
                given[1].KeyOrigin,
                path);
        }

        if (given.Length == 0 && !resource.Contains("driver") && !resource.Contains("external"))
        {
            throw Broken(
                $"{path} must have one of {string.Join(", ", sources)}, or be external.",
                $"Specify where its content comes from, for example 'file: ./{path.ToString().Split('.')[^1]}'.",
                resource.Origin,
                path);
        }
    }

    /// <summary>The host address of a port is an IP address.</summary>
    public static void HostAddress(Node node, ModelPath path)
    {
        if (node is MappingNode port && port["host_ip"] is ScalarNode address && !IpAddressText.IsAddress(address.Text))
        {
            throw Broken(
                $"{path}.host_ip must be an IP address, found '{address.Text}'.",
                "Use an address such as 127.0.0.1; names are not resolved.",
                address.Origin,
                path.Below("host_ip"));
        }
    }

    /// <summary>A path is not empty.</summary>
    public static void NotBlank(Node node, ModelPath path)
    {
        if (node is ScalarNode { Text.Length: 0 })
        {
            throw Broken($"{path} must be a path, but is blank.", "Specify the path to watch, such as ./src.", node.Origin, path);
        }
    }

    /// <summary>A device request has a count or ids.</summary>
    public static void CountOrIds(Node node, ModelPath path)
    {
        if (node is MappingNode request && request.Contains("count") && request.TryGetEntry("device_ids", out MappingEntry? ids))
        {
            throw Broken(
                $"{path} must not have both count and device_ids.", "Keep one of them.", ids.KeyOrigin, path);
        }
    }

    private static ComposeException Broken(string message, string recommendation, Origin origin, ModelPath path) =>
        ComposeException.At(ComposeErrorId.ComposeFileInvalid, message, recommendation, origin, path.ToString());
}
