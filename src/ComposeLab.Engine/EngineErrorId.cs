namespace ComposeLab.Engine;

/// <summary>The stable ids of all errors between a plan and the engine.</summary>
public enum EngineErrorId
{
    /// <summary>No engine answers at the endpoint, or it stopped answering.</summary>
    EngineUnreachable,

    /// <summary>The engine's API version is older than the oldest supported one.</summary>
    EngineTooOld,

    /// <summary>The engine refuses every API version that this module speaks.</summary>
    EngineTooNew,

    /// <summary>A docker context does not exist.</summary>
    ContextNotFound,

    /// <summary>The identity of an engine on another machine cannot be verified: its certificate, or the host key of its ssh server.</summary>
    EngineNotTrusted,

    /// <summary>An engine on another machine, or the ssh server in front of it, does not accept this user.</summary>
    EngineAccessDenied,

    /// <summary>The engine rejected a call.</summary>
    EngineRefused,

    /// <summary>An image could not be pulled.</summary>
    ImagePullFailed,

    /// <summary>An image could not be pushed.</summary>
    ImagePushFailed,

    /// <summary>A registry does not answer, refuses a request, or has other content than expected.</summary>
    RegistryFailed,

    /// <summary>A git repository cannot be fetched.</summary>
    GitFailed,

    /// <summary>A registry does not return the digest of an image.</summary>
    ImageDigestUnknown,

    /// <summary>No service watches files, or the files cannot be watched.</summary>
    NothingToWatch,

    /// <summary>The program of a provider service does not exist.</summary>
    ProviderNotFound,

    /// <summary>The program of a provider service failed.</summary>
    ProviderFailed,

    /// <summary>An image could not be built.</summary>
    ImageBuildFailed,

    /// <summary>A build needs the docker-buildx plugin, which is not installed.</summary>
    BuildxNotFound,

    /// <summary>A service that needs to be built has no build section.</summary>
    BuildSectionMissing,

    /// <summary>A file or folder is not part of a build context.</summary>
    PathNotInContext,

    /// <summary>A required image does not exist on the engine and cannot be pulled.</summary>
    ImageNotFound,

    /// <summary>A published host port is already in use.</summary>
    PortAlreadyAllocated,

    /// <summary>The host path of a bind mount does not exist.</summary>
    BindSourceMissing,

    /// <summary>A bind source is a file or folder of this machine, but the engine is on another one.</summary>
    BindSourceRemote,

    /// <summary>A service's healthcheck failed, or did not pass in time.</summary>
    ServiceUnhealthy,

    /// <summary>A service's container exited unexpectedly or with an error.</summary>
    ServiceExited,

    /// <summary>A container is paused, so it does not get ready.</summary>
    ServicePaused,

    /// <summary>A service does not exist in the project.</summary>
    ServiceNotFound,

    /// <summary>The stack has no containers.</summary>
    StackNotRunning,

    /// <summary>The project name is used by a project in another folder.</summary>
    ProjectNameInUse,

    /// <summary>A container outside this project already has the name of one of its containers.</summary>
    ContainerNameInUse,

    /// <summary>An external network or volume of the project does not exist.</summary>
    ExternalResourceMissing,

    /// <summary>The project needs something that this engine does not support.</summary>
    UnsupportedByEngine,

    /// <summary>A Compose file uses an attribute that this module does not support.</summary>
    UnsupportedAttribute,

    /// <summary>A command inside a container failed.</summary>
    CommandFailed,

    /// <summary>The program of a container or command does not exist in the container, or cannot be executed.</summary>
    ProgramNotFound,

    /// <summary>Neither the image nor the service specifies a command to run.</summary>
    CommandMissing,

    /// <summary>A user or group does not exist in the container.</summary>
    UserNotFound,

    /// <summary>A device or runtime that a service needs does not exist on the engine host.</summary>
    DeviceNotFound,

    /// <summary>A network of a container does not exist.</summary>
    NetworkNotFound,

    /// <summary>A container's logging driver does not support reading logs.</summary>
    LogUnreadable,

    /// <summary>The engine's disk is full.</summary>
    DiskFull,

    /// <summary>Several problems prevent a start; each is a separate finding.</summary>
    PreflightFailed,

    /// <summary>Another command is changing the same stack and does not finish.</summary>
    StackBusy,

    /// <summary>A time limit was exceeded.</summary>
    TimedOut,

    /// <summary>A network cannot be removed because containers still use it, or a stack needs a network whose name another stack has.</summary>
    ResourceInUse,

    /// <summary>A file or directory to copy, or the directory to copy it to, does not exist.</summary>
    PathNotFound,

    /// <summary>The path of a copy cannot be used, because of what exists there.</summary>
    PathInvalid,

    /// <summary>The archive of a container tries to write outside of the destination.</summary>
    ArchiveUnsafe,

    /// <summary>A container to pause is already paused.</summary>
    AlreadyPaused,

    /// <summary>A call needs a manager of a swarm, and the engine is not one.</summary>
    SwarmManagerRequired,

    /// <summary>A Compose stack and a swarm stack have the same name.</summary>
    StackAmbiguous,

    /// <summary>The update of a swarm service failed: it was paused or rolled back, or its tasks are no longer restarted.</summary>
    RolloutFailed,

    /// <summary>There is no earlier definition of a swarm service to return to.</summary>
    NothingToRollBack,

    /// <summary>A swarm has no node with this name.</summary>
    NodeNotFound,

    /// <summary>A reviewed plan no longer matches the files or the stack.</summary>
    PlanOutdated,
}
