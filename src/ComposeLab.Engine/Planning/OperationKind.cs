namespace ComposeLab.Engine.Planning;

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>Builds an image.</summary>
    BuildImage,

    /// <summary>Pulls an image.</summary>
    PullImage,

    /// <summary>Takes a name from an image, which removes it with its last name.</summary>
    RemoveImage,

    /// <summary>Creates a directory of the host that a container mounts.</summary>
    CreateDirectory,

    /// <summary>Creates a network.</summary>
    CreateNetwork,

    /// <summary>Removes a network.</summary>
    RemoveNetwork,

    /// <summary>Creates a volume.</summary>
    CreateVolume,

    /// <summary>Removes a volume with everything in it.</summary>
    RemoveVolume,

    /// <summary>Creates a container.</summary>
    CreateContainer,

    /// <summary>Gives a container a further network.</summary>
    ConnectNetwork,

    /// <summary>Puts secrets or configs into a container that was not started yet.</summary>
    CopyFiles,

    /// <summary>Starts a container.</summary>
    StartContainer,

    /// <summary>Lets a paused container go on.</summary>
    UnpauseContainer,

    /// <summary>Waits until a container is what others, or the caller, need.</summary>
    WaitContainer,

    /// <summary>Runs a hook inside a container.</summary>
    RunHook,

    /// <summary>Stops a container.</summary>
    StopContainer,

    /// <summary>Removes a container.</summary>
    RemoveContainer,

    /// <summary>Gives a container its final name.</summary>
    RenameContainer,
}
