using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Drops empty DNS servers, which interpolation of unset variables leaves behind.</summary>
internal static class EmptyEntries
{
    public static MappingNode Omit(MappingNode root) => root["services"] is MappingNode services
        ? root.With("services", services.Select(entry => entry.Value is MappingNode service ? Omit(service, "dns") : entry.Value))
        : root;

    private static MappingNode Omit(MappingNode service, string key) => service[key] is SequenceNode list
        ? service.With(key, list.Select(item => item is ScalarNode { Text: "" } ? null : item))
        : service;
}
