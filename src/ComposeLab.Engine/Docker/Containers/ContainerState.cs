namespace ComposeLab.Engine.Docker;

/// <summary>What a container is doing.</summary>
public enum ContainerState
{
    /// <summary>Created and never started.</summary>
    Created,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its processes are frozen.</summary>
    Paused,

    /// <summary>Its process ended and its restart policy is about to start it again.</summary>
    Restarting,

    /// <summary>It is being removed.</summary>
    Removing,

    /// <summary>Its process ended.</summary>
    Exited,

    /// <summary>It could not be removed and cannot be started.</summary>
    Dead,
}
