namespace ComposeLab;

/// <summary>
/// The names of everything that can go wrong. They are part of the interface: scripts catch by them, and <c>docs/errors.md</c> lists each with its meaning and
/// what to do. A name is never changed or reused.
/// </summary>
public enum LabErrorId
{
    /// <summary>No Docker engine answers at the endpoint.</summary>
    EngineUnreachable,

    /// <summary>The engine's API is older than the oldest one supported.</summary>
    EngineTooOld,

    /// <summary>The engine refused a request.</summary>
    EngineRefused,

    /// <summary>The project asks for something that this engine cannot do.</summary>
    UnsupportedByEngine,

    /// <summary>No compose file was found where one was expected.</summary>
    ComposeFileNotFound,

    /// <summary>A compose file is not valid YAML or not a valid Compose file.</summary>
    ComposeFileInvalid,

    /// <summary>There is no overlay file for the lab profile.</summary>
    ProfileNotFound,

    /// <summary>A variable that the files demand is not set.</summary>
    VariableRequired,

    /// <summary>A compose file uses an attribute that is not supported.</summary>
    UnsupportedAttribute,

    /// <summary>Two files cannot be merged.</summary>
    MergeConflict,

    /// <summary>Services depend on each other in a circle.</summary>
    DependencyCycle,

    /// <summary>The project has no service of that name.</summary>
    ServiceNotFound,

    /// <summary>An environment file does not exist.</summary>
    EnvFileNotFound,

    /// <summary>An environment file cannot be read.</summary>
    EnvFileInvalid,

    /// <summary>An environment file is there already and was not overwritten.</summary>
    EnvFileExists,

    /// <summary>The project name has characters that are not allowed.</summary>
    ProjectNameInvalid,

    /// <summary>An object of the pipeline names a part of a stack, and nothing says of which.</summary>
    StackNotNamed,

    /// <summary>The project's name is used from another directory.</summary>
    ProjectNameInUse,

    /// <summary>A container that is not of this stack has the name that one of this stack is to get.</summary>
    ContainerNameInUse,

    /// <summary>A path names no place in the file system.</summary>
    PathInvalid,

    /// <summary>A file or folder cannot be read.</summary>
    FileUnreadable,

    /// <summary>A file or folder cannot be written.</summary>
    FileUnwritable,

    /// <summary>An image could not be pulled.</summary>
    ImagePullFailed,

    /// <summary>An image could not be built.</summary>
    ImageBuildFailed,

    /// <summary>A service whose image is to be built has no build section.</summary>
    BuildSectionMissing,

    /// <summary>A file or folder is not part of a build context.</summary>
    PathNotInContext,

    /// <summary>An image is not on the engine.</summary>
    ImageNotFound,

    /// <summary>A port to publish is taken.</summary>
    PortAlreadyAllocated,

    /// <summary>The source of a bind mount does not exist.</summary>
    BindSourceMissing,

    /// <summary>A network or volume that the project calls external does not exist.</summary>
    ExternalResourceMissing,

    /// <summary>Several things stand in the way of a start.</summary>
    PreflightFailed,

    /// <summary>Another command is changing the same stack and does not end.</summary>
    StackBusy,

    /// <summary>A reviewed plan does not fit the files or the stack any more.</summary>
    PlanOutdated,

    /// <summary>What was given as a plan is not one, or was edited.</summary>
    PlanInvalid,

    /// <summary>A service's health check fails.</summary>
    ServiceUnhealthy,

    /// <summary>A service's container ended.</summary>
    ServiceExited,

    /// <summary>The stack is not running.</summary>
    StackNotRunning,

    /// <summary>An object that is to be the input of a command inside a container has no text of its own.</summary>
    InputNotText,

    /// <summary>The program of a container or command does not exist there, or cannot be executed.</summary>
    ProgramNotFound,

    /// <summary>Neither the image nor the service says what to run.</summary>
    CommandMissing,

    /// <summary>A word was taken for a parameter of the cmdlet although it stands among a program's arguments.</summary>
    CommandAmbiguous,

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

    /// <summary>A command inside a container failed.</summary>
    CommandFailed,

    /// <summary>A command needs a terminal, and there is none.</summary>
    TerminalRequired,

    /// <summary>The database did not answer.</summary>
    DatabaseUnreachable,

    /// <summary>The database refused a query.</summary>
    QueryFailed,

    /// <summary>A project breaks the rules for production.</summary>
    PolicyViolated,

    /// <summary>There is no rule of that name.</summary>
    RuleNotFound,

    /// <summary>A network cannot be removed because containers still use it.</summary>
    ResourceInUse,

    /// <summary>A question must be answered before data is deleted, and nobody can be asked.</summary>
    ConfirmationRequired,

    /// <summary>A limit on time ran out.</summary>
    TimedOut,

    /// <summary>Something happened that should not have; a fault of this module.</summary>
    UnexpectedFault,
}
