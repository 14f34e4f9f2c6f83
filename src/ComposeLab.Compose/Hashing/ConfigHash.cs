using System.Security.Cryptography;
using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Writing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Hashing;

/// <summary>The config hashes by which a stack is compared with its project: the values of the <c>com.docker.compose.config-hash</c> labels.</summary>
public static class ConfigHash
{
    // What a container does not depend on: how its image is made, how many there are, what starts before it.
    private static readonly string[] OutsideTheContainer = ["build", "pull_policy", "scale", "depends_on", "profiles"];

    /// <summary>The hash of a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string ForService(ComposeProject project, ServiceDefinition service) => Of(HashedText(service));

    /// <summary>The hash of a network.</summary>
    /// <param name="network">The network.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string ForNetwork(NetworkDefinition network) => Of(Json(network.Node, ComposeShapes.Network));

    /// <summary>The hash of a volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string ForVolume(VolumeDefinition volume)
    {
        var node = volume.Node;
        return Of(Json(node.Contains("driver") ? node : node.With("driver", ScalarNode.String("local", Origin.Default)), ComposeShapes.Volume));
    }

    /// <summary>What of a service the hash is taken of: everything but how it is built, scaled, ordered and selected.</summary>
    /// <param name="service">The service's subtree.</param>
    internal static MappingNode ContainerView(MappingNode service)
    {
        var view = OutsideTheContainer.Aggregate(service, (node, key) => node.Without(key));
        return view["deploy"] is MappingNode deploy ? view.With("deploy", deploy.Without("replicas")) : view;
    }

    /// <summary>The text a service's hash is taken of.</summary>
    /// <param name="service">The service.</param>
    internal static string HashedText(ServiceDefinition service) => Json(ContainerView(service.Node), ComposeShapes.Service);

    /// <summary>The hash of a text.</summary>
    /// <param name="json">The text.</param>
    internal static string Of(string json) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json))).ToLowerInvariant();

    private static string Json(MappingNode node, Shape shape) => new GoJson(indented: false, escapeDollars: false).Write(node, shape);
}
