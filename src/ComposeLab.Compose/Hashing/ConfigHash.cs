using System.Security.Cryptography;
using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Writing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Hashing;

/// <summary>The config hashes for comparing a stack with its project: the values of the <c>com.docker.compose.config-hash</c> labels.</summary>
public static class ConfigHash
{
    /// <summary>The hash of a service, as the label contains it.</summary>
    /// <param name="service">The service.</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    public static string ForService(ServiceDefinition service) => Of(HashedText(service));

    /// <summary>The hashes with which a container counts as unchanged: the current one first, then those of earlier releases of docker compose,
    /// which used other parts of a service or another format.</summary>
    /// <param name="service">The service.</param>
    public static IReadOnlyList<string> Accepted(ServiceDefinition service) =>
        HashedTexts(service).Select(Of).ToArray();

    /// <summary>The hash of a network.</summary>
    /// <param name="network">The network.</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    public static string ForNetwork(NetworkDefinition network) => Of(Json(network.Node, NetworkAttributes.Type));

    /// <summary>The hashes with which a network counts as unchanged: docker compose before 5.2 did not include <c>ipam.options</c>.</summary>
    /// <param name="network">The network.</param>
    public static IReadOnlyList<string> Accepted(NetworkDefinition network) => network.Node["ipam"] is MappingNode ipam && ipam.Contains("options")
        ? [ForNetwork(network), Of(Json(network.Node.With("ipam", ipam.Without("options")), NetworkAttributes.Type))]
        : [ForNetwork(network)];

    /// <summary>The hash of a volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    public static string ForVolume(VolumeDefinition volume) => Of(HashedText(volume));

    /// <summary>The input of a service's hash.</summary>
    /// <param name="service">The service.</param>
    /// <param name="recipe">The recipe; null means the current one.</param>
    internal static string HashedText(ServiceDefinition service, HashRecipe? recipe = null) =>
        Json((recipe ?? HashRecipe.Written).View(service.Node), (recipe ?? HashRecipe.Written).Type);

    /// <summary>The inputs of a service's accepted hashes, the current one first.</summary>
    /// <param name="service">The service.</param>
    internal static IEnumerable<string> HashedTexts(ServiceDefinition service) =>
        HashRecipe.All.Select(recipe => HashedText(service, recipe)).Distinct(StringComparer.Ordinal);

    /// <summary>The input of a volume's hash.</summary>
    /// <param name="volume">The volume.</param>
    internal static string HashedText(VolumeDefinition volume) => Json(volume.Node.WithDefault("driver", "local"), VolumeAttributes.Type);

    /// <summary>The hash of a text.</summary>
    /// <param name="json">The text.</param>
    internal static string Of(string json) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json))).ToLowerInvariant();

    private static string Json(MappingNode node, AttributeType type) => new GoJson(indented: false, escapeDollars: false).Write(node, type);
}
