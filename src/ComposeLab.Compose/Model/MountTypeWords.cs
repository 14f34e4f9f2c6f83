namespace ComposeLab.Compose.Model;

/// <summary>The specification's words for <see cref="MountType"/>.</summary>
internal static class MountTypeWords
{
    public static MountType Parse(string? word) => word switch
    {
        "bind" => MountType.Bind,
        "tmpfs" => MountType.Tmpfs,
        "cluster" => MountType.Cluster,
        "npipe" => MountType.Npipe,
        "image" => MountType.Image,
        _ => MountType.Volume,
    };
}
