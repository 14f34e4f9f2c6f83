using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Units;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Checks what the schema cannot say about single values, on the merged model in long syntax with its defaults.</summary>
public static class ModelValidator
{
    private delegate void Check(Node node, ModelPath path);

    private static readonly PathTable<Check> Checks = new(
    [
        ("volumes.*", External),
        ("configs.*", (node, path) => OneSource(node, path, "file", "environment", "content")),
        ("secrets.*", (node, path) => OneSource(node, path, "file", "environment")),
        ("services.*.ports.[]", HostAddress),
        ("services.*.develop.watch.[].path", NotBlank),
        ("services.*.deploy.resources.reservations.devices.[]", CountOrIds),
        ("services.*.gpus.[]", CountOrIds),
    ]);

    /// <summary>Checks the model: external resources, sources of secrets and configs, device requests, addresses of ports.</summary>
    /// <param name="root">The merged model.</param>
    /// <exception cref="ComposeException">A rule is broken.</exception>
    public static void Validate(MappingNode root) => ModelWalk.Visit(root, Checks, (check, node, path) => check(node, path));

    private static void External(Node node, ModelPath path)
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
                    $"{path} is external, so '{entry.Key}' cannot be set: somebody else made the volume.",
                    $"Remove '{entry.Key}', or remove 'external'.",
                    entry.KeyOrigin,
                    path.Below(entry.Key));
            }
        }
    }

    private static void OneSource(Node node, ModelPath path, params string[] sources)
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
                $"Say where its content comes from, for example 'file: ./{path.ToString().Split('.')[^1]}'.",
                resource.Origin,
                path);
        }
    }

    private static void HostAddress(Node node, ModelPath path)
    {
        if (node is MappingNode port && port["host_ip"] is ScalarNode address && !IpAddressText.IsAddress(address.Text))
        {
            throw Broken(
                $"{path}.host_ip must be an IP address, found '{address.Text}'.",
                "Write an address such as 127.0.0.1; names are not resolved.",
                address.Origin,
                path.Below("host_ip"));
        }
    }

    private static void NotBlank(Node node, ModelPath path)
    {
        if (node is ScalarNode { Text.Length: 0 })
        {
            throw Broken($"{path} must name a path, but is blank.", "Write the path to watch, such as ./src.", node.Origin, path);
        }
    }

    private static void CountOrIds(Node node, ModelPath path)
    {
        if (node is MappingNode request && request.Contains("count") && request.TryGetEntry("device_ids", out MappingEntry? ids))
        {
            throw Broken(
                $"{path} must have either count or device_ids, found both.", "Keep one of them.", ids.KeyOrigin, path);
        }
    }

    private static ComposeException Broken(string message, string recommendation, Origin origin, ModelPath path) =>
        ComposeException.At(ComposeErrorId.ComposeFileInvalid, message, recommendation, origin, path.ToString());
}
