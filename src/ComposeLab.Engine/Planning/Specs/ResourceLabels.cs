using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates networks and volumes with the labels of their project.</summary>
internal static class ResourceLabels
{
    /// <summary>Creates a network.</summary>
    /// <param name="project">The project.</param>
    /// <param name="key">Its key in the project.</param>
    /// <param name="name">Its name on the engine.</param>
    /// <param name="definition">Its definition in the project.</param>
    /// <returns>The network.</returns>
    public static NetworkSpec Network(ComposeProject project, string key, string name, NetworkDefinition? definition)
    {
        Dictionary<string, string> labels = Labels(project, definition?.Labels, StackLabels.Network, key);
        if (definition is not null)
        {
            labels[StackLabels.ConfigHash] = ConfigHash.ForNetwork(definition);
        }

        return new NetworkSpec
        {
            Name = name,
            Driver = definition?.Driver ?? "",
            DriverOptions = definition?.DriverOpts ?? new Dictionary<string, string>(),
            Labels = labels,
            Internal = definition?.Internal ?? false,
            Attachable = definition?.Attachable ?? false,
            EnableIPv4 = definition?.EnableIpv4,
            EnableIPv6 = definition?.EnableIpv6,
            IpamDriver = definition?.Ipam?.Driver ?? "",
            IpamOptions = definition?.Ipam?.Options ?? new Dictionary<string, string>(),
            Pools =
            [
                .. (definition?.Ipam?.Config ?? []).Select(pool => new AddressPoolSpec
                {
                    Subnet = pool.Subnet,
                    IpRange = pool.IpRange,
                    Gateway = pool.Gateway,
                    AuxiliaryAddresses = pool.AuxAddresses,
                }),
            ],
        };
    }

    /// <summary>Creates a volume.</summary>
    /// <param name="project">The project.</param>
    /// <param name="key">Its key in the project.</param>
    /// <param name="name">Its name on the engine.</param>
    /// <param name="definition">Its definition in the project.</param>
    /// <returns>The volume.</returns>
    public static VolumeSpec Volume(ComposeProject project, string key, string name, VolumeDefinition? definition)
    {
        Dictionary<string, string> labels = Labels(project, definition?.Labels, StackLabels.Volume, key);
        if (definition is not null)
        {
            labels[StackLabels.ConfigHash] = ConfigHash.ForVolume(definition);
        }

        return new VolumeSpec
        {
            Name = name,
            Driver = definition?.Driver ?? "",
            DriverOptions = definition?.DriverOpts ?? new Dictionary<string, string>(),
            Labels = labels,
        };
    }

    private static Dictionary<string, string> Labels(
        ComposeProject project, IReadOnlyDictionary<string, string>? own, string keyLabel, string key) =>
        new(own ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [keyLabel] = key,
            [StackLabels.Project] = project.Name,
            [StackLabels.Version] = StackLabels.DialectVersion,
        };
}
