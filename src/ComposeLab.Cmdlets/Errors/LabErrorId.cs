namespace ComposeLab;

/// <summary>
/// The ids of all errors. They are part of the public interface: scripts use them to catch errors, and <c>docs/errors.md</c> lists each with its meaning and the
/// recommended action. An id is never changed or reused.
/// </summary>
public enum LabErrorId
{
    /// <summary>No Docker engine answers at the endpoint.</summary>
    EngineUnreachable,

    /// <summary>The engine's API version is older than the oldest supported one.</summary>
    EngineTooOld,

    /// <summary>The engine refuses every API version that this module speaks.</summary>
    EngineTooNew,

    /// <summary>A docker context does not exist.</summary>
    ContextNotFound,

    /// <summary>The identity of an engine on another machine cannot be verified.</summary>
    EngineNotTrusted,

    /// <summary>An engine on another machine does not accept this user.</summary>
    EngineAccessDenied,

    /// <summary>The work for an engine was not started, because that for another one failed.</summary>
    FleetStopped,

    /// <summary>The engine rejected a request.</summary>
    EngineRefused,

    /// <summary>The project needs something that this engine does not support.</summary>
    UnsupportedByEngine,

    /// <summary>No Compose file was found.</summary>
    ComposeFileNotFound,

    /// <summary>A Compose file is not valid YAML or not a valid Compose file.</summary>
    ComposeFileInvalid,

    /// <summary>There is no overlay file for the lab profile.</summary>
    ProfileNotFound,

    /// <summary>A variable that the files require is not set.</summary>
    VariableRequired,

    /// <summary>A Compose file uses an attribute that is not supported.</summary>
    UnsupportedAttribute,

    /// <summary>Two files cannot be merged.</summary>
    MergeConflict,

    /// <summary>Services depend on each other in a circle.</summary>
    DependencyCycle,

    /// <summary>The project has no service with this name.</summary>
    ServiceNotFound,

    /// <summary>An environment file does not exist.</summary>
    EnvFileNotFound,

    /// <summary>An environment file cannot be read.</summary>
    EnvFileInvalid,

    /// <summary>An environment file already exists and was not overwritten.</summary>
    EnvFileExists,

    /// <summary>The project name contains invalid characters.</summary>
    ProjectNameInvalid,

    /// <summary>A pipeline object identifies a part of a stack, but not the stack.</summary>
    StackNotNamed,

    /// <summary>The project name is used by a project in another folder.</summary>
    ProjectNameInUse,

    /// <summary>A container that does not belong to this stack already has the name of one of its containers.</summary>
    ContainerNameInUse,

    /// <summary>A path is not a path in the file system.</summary>
    PathInvalid,

    /// <summary>A file or directory to copy, or the directory to copy it to, does not exist.</summary>
    PathNotFound,

    /// <summary>The archive of a container tries to write outside of the destination.</summary>
    ArchiveUnsafe,

    /// <summary>A file or folder cannot be read.</summary>
    FileUnreadable,

    /// <summary>A file or folder cannot be written.</summary>
    FileUnwritable,

    /// <summary>An image could not be pulled.</summary>
    ImagePullFailed,

    /// <summary>An image could not be pushed.</summary>
    ImagePushFailed,

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

    /// <summary>A registry does not answer, refuses a request, or has other content than expected.</summary>
    RegistryFailed,

    /// <summary>A git repository cannot be fetched.</summary>
    GitFailed,

    /// <summary>A Compose file is on another machine, and fetching it was not allowed.</summary>
    RemoteNotAllowed,

    /// <summary>A Compose file on another machine can change at any time, because its reference has no digest.</summary>
    RemoteNotPinned,

    /// <summary>A project cannot be published, because others could not use it.</summary>
    NotPublishable,

    /// <summary>A port of a service is not published.</summary>
    PortNotPublished,

    /// <summary>A service that needs to be built has no build section.</summary>
    BuildSectionMissing,

    /// <summary>A file or folder is not part of a build context.</summary>
    PathNotInContext,

    /// <summary>An image does not exist on the engine.</summary>
    ImageNotFound,

    /// <summary>A port to publish is already in use.</summary>
    PortAlreadyAllocated,

    /// <summary>The source of a bind mount does not exist.</summary>
    BindSourceMissing,

    /// <summary>A bind source is a file or folder of this machine, but the engine is on another one.</summary>
    BindSourceRemote,

    /// <summary>An external network or volume of the project does not exist.</summary>
    ExternalResourceMissing,

    /// <summary>Several problems prevent a start.</summary>
    PreflightFailed,

    /// <summary>Another command is changing the same stack and does not finish.</summary>
    StackBusy,

    /// <summary>A reviewed plan no longer matches the files or the stack.</summary>
    PlanOutdated,

    /// <summary>The object passed as a plan is not a plan, or it was edited.</summary>
    PlanInvalid,

    /// <summary>A service's health check fails.</summary>
    ServiceUnhealthy,

    /// <summary>A service's container exited.</summary>
    ServiceExited,

    /// <summary>A container is paused, so it does not get ready.</summary>
    ServicePaused,

    /// <summary>The stack is not running.</summary>
    StackNotRunning,

    /// <summary>An object that was piped to a command inside a container cannot be converted to text.</summary>
    InputNotText,

    /// <summary>The program of a container or command does not exist in the container, or cannot be executed.</summary>
    ProgramNotFound,

    /// <summary>Neither the image nor the service specifies a command to run.</summary>
    CommandMissing,

    /// <summary>PowerShell read an argument of a program as a parameter of the cmdlet.</summary>
    CommandAmbiguous,

    /// <summary>Two parameters were specified that cannot be used together.</summary>
    ParameterConflict,

    /// <summary>A container to pause is already paused.</summary>
    AlreadyPaused,

    /// <summary>A user or group does not exist in the container.</summary>
    UserNotFound,

    /// <summary>A device or runtime that a service needs does not exist on the engine host.</summary>
    DeviceNotFound,

    /// <summary>A network does not exist.</summary>
    NetworkNotFound,

    /// <summary>A volume does not exist.</summary>
    VolumeNotFound,

    /// <summary>A container's logging driver does not support reading logs.</summary>
    LogUnreadable,

    /// <summary>The engine's disk is full.</summary>
    DiskFull,

    /// <summary>A command inside a container failed.</summary>
    CommandFailed,

    /// <summary>A command needs a terminal, and there is none.</summary>
    TerminalRequired,

    /// <summary>The database did not answer.</summary>
    DatabaseUnreachable,

    /// <summary>The database rejected a query.</summary>
    QueryFailed,

    /// <summary>A server has no database with this name.</summary>
    DatabaseNotFound,

    /// <summary>A database has no table with this name.</summary>
    TableNotFound,

    /// <summary>A backup refers to roles that the server does not have.</summary>
    RoleNotFound,

    /// <summary>A database was not backed up.</summary>
    BackupFailed,

    /// <summary>A file is not a backup, is incomplete or was changed.</summary>
    BackupInvalid,

    /// <summary>A backup is from a newer version of PostgreSQL than the server.</summary>
    BackupTooNew,

    /// <summary>A backup could not be restored; the existing database is unchanged.</summary>
    RestoreFailed,

    /// <summary>A database cannot be updated to another major version, or returned to the previous one; nothing was changed.</summary>
    UpdateNotPossible,

    /// <summary>An update of a database failed; the old server serves again.</summary>
    UpdateFailed,

    /// <summary>A project violates the rules for production.</summary>
    PolicyViolated,

    /// <summary>A rule with this name does not exist.</summary>
    RuleNotFound,

    /// <summary>A network cannot be removed because containers still use it, or a stack needs a network whose name another stack has.</summary>
    ResourceInUse,

    /// <summary>A confirmation is required before data is deleted, but the session is not interactive.</summary>
    ConfirmationRequired,

    /// <summary>A command needs a manager of a swarm, and the engine is not one.</summary>
    SwarmManagerRequired,

    /// <summary>A Compose stack and a swarm stack have the same name.</summary>
    StackAmbiguous,

    /// <summary>The engine is already a node of a swarm.</summary>
    NodeInSwarm,

    /// <summary>A node cannot be removed because it is the last manager of its swarm.</summary>
    LastManager,

    /// <summary>The engine of a node is needed, and no docker context leads to it.</summary>
    NodeUnreachable,

    /// <summary>The update of a swarm service failed: it was paused or rolled back, or its tasks are no longer restarted.</summary>
    RolloutFailed,

    /// <summary>There is no earlier definition of a swarm service to return to.</summary>
    NothingToRollBack,

    /// <summary>A swarm has no node with this name.</summary>
    NodeNotFound,

    /// <summary>A time limit was exceeded.</summary>
    TimedOut,

    /// <summary>Unexpected internal error: a bug in this module.</summary>
    UnexpectedFault,
}
