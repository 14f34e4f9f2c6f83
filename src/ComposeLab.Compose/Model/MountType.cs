namespace ComposeLab.Compose.Model;

/// <summary>The kinds of mounts.</summary>
public enum MountType
{
    /// <summary>A volume of the engine, named or anonymous.</summary>
    Volume,

    /// <summary>A path of the host.</summary>
    Bind,

    /// <summary>Memory.</summary>
    Tmpfs,

    /// <summary>A cluster volume of a swarm.</summary>
    Cluster,

    /// <summary>A Windows named pipe.</summary>
    Npipe,

    /// <summary>The files of an image.</summary>
    Image,
}
