namespace ComposeLab.Engine.Planning;

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>Builds an image.</summary>
    BuildImage,

    /// <summary>Pulls an image.</summary>
    PullImage,

    /// <summary>Removes a name from an image; removing the last name removes the image.</summary>
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

    /// <summary>Connects a container to an additional network, or to a recreated one.</summary>
    ConnectNetwork,

    /// <summary>Disconnects a container from a network that is recreated.</summary>
    DisconnectNetwork,

    /// <summary>Copies secrets or configs into a container that was not started yet.</summary>
    CopyFiles,

    /// <summary>Starts a container.</summary>
    StartContainer,

    /// <summary>Resumes a paused container.</summary>
    UnpauseContainer,

    /// <summary>Pauses a container.</summary>
    PauseContainer,

    /// <summary>Sends a signal to a container.</summary>
    SignalContainer,

    /// <summary>Waits until a container has the state that others, or the caller, need.</summary>
    WaitContainer,

    /// <summary>Runs a hook inside a container.</summary>
    RunHook,

    /// <summary>Runs an init container to its end and removes it.</summary>
    RunContainer,

    /// <summary>Runs the program of a provider service.</summary>
    RunProvider,

    /// <summary>Stops a container.</summary>
    StopContainer,

    /// <summary>Removes a container.</summary>
    RemoveContainer,

    /// <summary>Renames a container to its final name.</summary>
    RenameContainer,

    /// <summary>Creates a service of a swarm.</summary>
    CreateService,

    /// <summary>Changes a service of a swarm.</summary>
    UpdateService,

    /// <summary>Returns a service of a swarm to its previous definition.</summary>
    RollbackService,

    /// <summary>Removes a service of a swarm.</summary>
    RemoveService,

    /// <summary>Creates a config of a swarm.</summary>
    CreateConfig,

    /// <summary>Removes a config of a swarm.</summary>
    RemoveConfig,

    /// <summary>Creates a secret of a swarm.</summary>
    CreateSecret,

    /// <summary>Records the content hash of a secret of a swarm.</summary>
    UpdateSecret,

    /// <summary>Removes a secret of a swarm.</summary>
    RemoveSecret,
}
