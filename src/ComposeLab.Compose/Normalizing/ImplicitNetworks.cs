using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Connects services that name no network to the network <c>default</c>, which exists only where it is used.</summary>
internal static class ImplicitNetworks
{
    private const string DefaultKey = "default";

    public static MappingNode Add(MappingNode root)
    {
        if (root["services"] is not MappingNode services)
        {
            return root;
        }

        bool used = false;
        MappingNode connected = services.Select(entry =>
        {
            if (entry.Value is not MappingNode service || service.Contains("provider") || service.Contains("network_mode"))
            {
                return entry.Value;
            }

            if (service["networks"] is MappingNode { Count: > 0 } networks)
            {
                used |= networks.Contains(DefaultKey);
                return service;
            }

            used = true;
            return service.With("networks", new NodeBuilder(Origin.Default).Add(DefaultKey, ScalarNode.Null(Origin.Default)).Build());
        });

        MappingNode model = root.With("services", connected);
        MappingNode declared = root["networks"] as MappingNode ?? new MappingNode([], Origin.Default);
        return used && !declared.Contains(DefaultKey)
            ? model.With("networks", declared.With(DefaultKey, ScalarNode.Null(Origin.Default)))
            : model;
    }
}
