namespace ComposeLab;

/// <summary>What a container does, in the engine's words.</summary>
public enum LabServiceState
{
    /// <summary>Made, never started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Frozen.</summary>
    Paused,

    /// <summary>Ended, about to be started again by its restart policy.</summary>
    Restarting,

    /// <summary>Being removed.</summary>
    Removing,

    /// <summary>Ended.</summary>
    Exited,

    /// <summary>Could not be removed whole.</summary>
    Dead,
}
