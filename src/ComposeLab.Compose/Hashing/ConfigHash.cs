using System.Security.Cryptography;
using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Specification;
using ComposeLab.Compose.Writing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Hashing;

/// <summary>The config hashes by which a stack is compared with its project: the values of the <c>com.docker.compose.config-hash</c> labels.</summary>
public static class ConfigHash
{
    /// <summary>The hash of a service, as it is written.</summary>
    /// <param name="service">The service.</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    public static string ForService(ServiceDefinition service) => Of(HashedText(service));

    /// <summary>The hashes under which a container counts as unchanged: that of the written dialect first, then those of earlier releases of docker compose,
    /// which took other parts of a service or spelled them differently.</summary>
    /// <param name="service">The service.</param>
    public static IReadOnlyList<string> Accepted(ServiceDefinition service) =>
        HashRecipe.All.Select(recipe => Of(Json(recipe.View(service.Node), recipe.Type))).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>The hash of a network.</summary>
    /// <param name="network">The network.</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    public static string ForNetwork(NetworkDefinition network) => Of(Json(network.Node, NetworkAttributes.Type));

    /// <summary>The hash of a volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    public static string ForVolume(VolumeDefinition volume)
    {
        var node = volume.Node;
        return Of(Json(node.Contains("driver") ? node : node.With("driver", ScalarNode.String("local", Origin.Default)), VolumeAttributes.Type));
    }

    /// <summary>The text a service's hash is taken of.</summary>
    /// <param name="service">The service.</param>
    internal static string HashedText(ServiceDefinition service) => Json(HashRecipe.Written.View(service.Node), ServiceAttributes.Type);

    /// <summary>The hash of a text.</summary>
    /// <param name="json">The text.</param>
    internal static string Of(string json) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json))).ToLowerInvariant();

    private static string Json(MappingNode node, AttributeType type) => new GoJson(indented: false, escapeDollars: false).Write(node, type);
}
