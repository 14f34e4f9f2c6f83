namespace ComposeLab.Engine;

/// <summary>The stable names of everything that can go wrong between a plan and the engine.</summary>
public enum EngineErrorId
{
    /// <summary>No engine answers at the endpoint, or it stopped answering.</summary>
    EngineUnreachable,

    /// <summary>The engine speaks an API older than the module can use.</summary>
    EngineTooOld,

    /// <summary>The engine understood the call and refused it.</summary>
    EngineRefused,

    /// <summary>An image could not be pulled.</summary>
    ImagePullFailed,

    /// <summary>An image could not be built.</summary>
    ImageBuildFailed,

    /// <summary>A service whose image is to be built has no build section.</summary>
    BuildSectionMissing,

    /// <summary>A file or folder is not part of a build context.</summary>
    PathNotInContext,

    /// <summary>An image is needed, is not on the engine, and nothing may or can fetch it.</summary>
    ImageNotFound,

    /// <summary>A port of the host that a service publishes is taken.</summary>
    PortAlreadyAllocated,

    /// <summary>The host path of a bind mount does not exist.</summary>
    BindSourceMissing,

    /// <summary>A service's healthcheck failed, or did not pass in time.</summary>
    ServiceUnhealthy,

    /// <summary>A service's container ended although it should run, or ended with a failure.</summary>
    ServiceExited,

    /// <summary>A service was named that the project does not define.</summary>
    ServiceNotFound,

    /// <summary>The stack has no container that could be acted on.</summary>
    StackNotRunning,

    /// <summary>The same project name is used from another directory.</summary>
    ProjectNameInUse,

    /// <summary>A container of another project, or of none, has the name that a container of this one is to get.</summary>
    ContainerNameInUse,

    /// <summary>A network or volume that the project calls external does not exist.</summary>
    ExternalResourceMissing,

    /// <summary>The project asks for something that this engine cannot do.</summary>
    UnsupportedByEngine,

    /// <summary>A compose file uses an attribute that this module cannot honour.</summary>
    UnsupportedAttribute,

    /// <summary>A command inside a container ended with a failure.</summary>
    CommandFailed,

    /// <summary>The program of a container or command does not exist there, or cannot be executed.</summary>
    ProgramNotFound,

    /// <summary>Neither the image nor the service says what to run.</summary>
    CommandMissing,

    /// <summary>A user or group does not exist in the container.</summary>
    UserNotFound,

    /// <summary>A device or runtime that a service needs does not exist on the engine's machine.</summary>
    DeviceNotFound,

    /// <summary>A network that a container joins does not exist.</summary>
    NetworkNotFound,

    /// <summary>A container's logging driver keeps no log that the engine can read.</summary>
    LogUnreadable,

    /// <summary>The engine's disk is full.</summary>
    DiskFull,

    /// <summary>Several things stand in the way of a start; each is a finding of its own.</summary>
    PreflightFailed,

    /// <summary>Another command is changing the same stack and does not end.</summary>
    StackBusy,

    /// <summary>A time limit ran out.</summary>
    TimedOut,

    /// <summary>A network cannot be removed because containers still use it.</summary>
    ResourceInUse,

    /// <summary>A plan that was reviewed does not fit the files or the stack any more.</summary>
    PlanOutdated,
}
