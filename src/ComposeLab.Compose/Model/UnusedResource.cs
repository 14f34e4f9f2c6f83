using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Model;

/// <summary>A network, volume, secret, config or model that the files define and no service uses.</summary>
/// <param name="Kind">The top-level key it stands below, such as <c>volumes</c>.</param>
/// <param name="Key">Its own key.</param>
/// <param name="Origin">Where the key stands.</param>
public sealed record UnusedResource(string Kind, string Key, Origin Origin);
