using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>One step of a plan: one engine call, or one wait, with its cause.</summary>
public abstract record Operation
{
    /// <summary>The step's name inside its plan, such as <c>start lab-db-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public abstract OperationKind Kind { get; }

    /// <summary>What it acts on.</summary>
    public required ResourceId Resource { get; init; }

    /// <summary>The service concerned, when there is one.</summary>
    public string? Service { get; init; }

    /// <summary>Why, in words: <c>container does not exist</c>, <c>environment.LOG_LEVEL: info -> debug (compose.yaml:4)</c>. Secrets are masked.</summary>
    public required string Cause { get; init; }

    /// <summary>Whether it replaces an existing resource.</summary>
    public bool Replaces { get; init; }

    /// <summary>The changed values, if they are the cause, each with its place in the Compose files.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>The ids of the steps that must have succeeded before.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Whether it only supports another step that has the cause; not shown to users.</summary>
    public bool IsDetail { get; init; }

    /// <summary>The action, as the first word in a line of a plan.</summary>
    public string Verb => Kind switch
    {
        OperationKind.BuildImage => "build",
        OperationKind.PullImage => "pull",
        OperationKind.CreateService or OperationKind.CreateConfig or OperationKind.CreateSecret => "create",
        OperationKind.UpdateService or OperationKind.UpdateSecret => "update",
        OperationKind.RollbackService => "roll back",
        OperationKind.RemoveService or OperationKind.RemoveConfig or OperationKind.RemoveSecret => "remove",
        OperationKind.CreateNetwork or OperationKind.CreateVolume or OperationKind.CreateContainer or OperationKind.CreateDirectory => Replaces ? "recreate" : "create",
        OperationKind.RemoveNetwork or OperationKind.RemoveVolume or OperationKind.RemoveContainer or OperationKind.RemoveImage => "remove",
        OperationKind.ConnectNetwork => Replaces ? "reconnect" : "connect",
        OperationKind.DisconnectNetwork => "disconnect",
        OperationKind.CopyFiles => "fill",
        OperationKind.StartContainer => "start",
        OperationKind.UnpauseContainer => "unpause",
        OperationKind.PauseContainer => "pause",
        OperationKind.SignalContainer => "signal",
        OperationKind.WaitContainer => "wait",
        OperationKind.RunHook or OperationKind.RunContainer or OperationKind.RunProvider => "run",
        OperationKind.StopContainer => "stop",
        _ => "rename",
    };

    /// <summary>The step as a line of a plan.</summary>
    /// <returns><c>create container lab-db-1: container does not exist</c>.</returns>
    public sealed override string ToString() => $"{Verb} {Resource}: {Cause}";
}

/// <summary>Provides an image on the engine.</summary>
/// <param name="Project">The project the definition belongs to.</param>
/// <param name="Definition">The service of the image.</param>
/// <param name="Image">The image's name.</param>
/// <param name="IsBuild">Whether it is built; otherwise it is pulled.</param>
public sealed record ImageOperation(ComposeProject Project, ServiceDefinition Definition, string Image, bool IsBuild) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => IsBuild ? OperationKind.BuildImage : OperationKind.PullImage;
}

/// <summary>Creates a directory of the host that a container mounts, as the current user; the engine would create it as root.</summary>
/// <param name="Path">Its absolute path.</param>
public sealed record CreateDirectoryOperation(string Path) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateDirectory;
}

/// <summary>Creates a network.</summary>
/// <param name="Spec">The settings.</param>
public sealed record CreateNetworkOperation(NetworkSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateNetwork;
}

/// <summary>Removes a network.</summary>
/// <param name="NetworkId">The network's id.</param>
public sealed record RemoveNetworkOperation(string NetworkId) : Operation
{
    /// <summary>The names of the containers that the plan removes or disconnects from it; stale endpoints of them are disconnected by force.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveNetwork;
}

/// <summary>Creates a volume.</summary>
/// <param name="Spec">The settings.</param>
public sealed record CreateVolumeOperation(VolumeSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateVolume;
}

/// <summary>Removes a volume with everything in it.</summary>
/// <param name="Volume">The volume's name.</param>
public sealed record RemoveVolumeOperation(string Volume) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveVolume;
}

/// <summary>Removes a name from an image; removing the last name removes the image.</summary>
/// <param name="Image">The name.</param>
public sealed record RemoveImageOperation(string Image) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveImage;
}

/// <summary>Creates a container.</summary>
/// <param name="Spec">The settings of the container; values that depend on <see cref="Slots"/> are provisional. May contain secrets.</param>
public sealed record CreateContainerOperation(ContainerSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateContainer;

    /// <summary>The service that the container is created for; null for a container without a service.</summary>
    public ServiceDefinition? Definition { get; init; }

    /// <summary>The containers with ids that are inserted in <see cref="Spec"/> and known only after earlier operations; null if there are none.</summary>
    public ContainerSlots? Slots { get; init; }
}

/// <summary>Connects a container to an additional network, or to a recreated one.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Container">The container's id or name.</param>
/// <param name="Endpoint">The endpoint settings.</param>
public sealed record ConnectNetworkOperation(string Network, string Container, EndpointSpec Endpoint) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.ConnectNetwork;
}

/// <summary>Disconnects a container from a network. The container is kept.</summary>
/// <param name="Network">The network's id; its name if the network no longer exists.</param>
/// <param name="Container">The container's id.</param>
public sealed record DisconnectNetworkOperation(string Network, string Container) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.DisconnectNetwork;
}

/// <summary>Copies secrets or configs into a container that was not started yet.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Files">The files. They may contain secrets.</param>
public sealed record CopyFilesOperation(string Container, IReadOnlyList<ContainerFile> Files) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CopyFiles;
}

/// <summary>A file to copy into a container: a secret or config with content that is not in a host file.</summary>
/// <param name="Path">The absolute path inside the container.</param>
/// <param name="Content">Its content. Never printed.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
public sealed record ContainerFile(string Path, ReadOnlyMemory<byte> Content, int Mode, int UserId, int GroupId)
{
    /// <summary>The file without its content.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => Path;
}

/// <summary>Starts a container, or resumes a paused one.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Paused">Whether it is only paused.</param>
public sealed record StartContainerOperation(string Container, bool Paused) : Operation
{
    /// <summary>Whether it is an error if the container cannot be started; otherwise it is a warning.</summary>
    public bool Required { get; init; } = true;

    /// <inheritdoc/>
    public override OperationKind Kind => Paused ? OperationKind.UnpauseContainer : OperationKind.StartContainer;
}

/// <summary>Waits until a container has the state that others, or the caller, need.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Condition">The required state.</param>
/// <param name="Required">Whether it is an error if the condition is not met; otherwise a warning.</param>
/// <param name="Limit">How long it may take.</param>
/// <param name="Probe">Whether the container's own healthcheck may be run earlier than by the engine.</param>
public sealed record WaitOperation(string Container, WaitCondition Condition, bool Required, TimeSpan Limit, bool Probe) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.WaitContainer;
}

/// <summary>The state of a container that others wait for.</summary>
public enum WaitCondition
{
    /// <summary>It is running, and healthy if it has a healthcheck; or it is a one-shot that exited with 0.</summary>
    Ready,

    /// <summary>It is healthy; a missing healthcheck is an error.</summary>
    Healthy,

    /// <summary>It exited with 0.</summary>
    Completed,
}

/// <summary>Runs a hook inside a container.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Command">The command.</param>
public sealed record HookOperation(string Container, ExecSpec Command) : Operation
{
    /// <summary>Whether it is an error if the hook fails; otherwise it is a warning.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Whether the user can continue the plan if the hook fails.</summary>
    public bool CanSkip { get; init; }

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RunHook;
}

/// <summary>Runs an init container (<c>pre_start</c>) to its end and removes it. Nothing of it is left, whether it succeeds, fails or is canceled.</summary>
/// <param name="Spec">Everything the container is made of. May hold secrets.</param>
/// <param name="Limit">How long it may run.</param>
public sealed record RunContainerOperation(ContainerSpec Spec, TimeSpan Limit) : Operation
{
    /// <summary>The hook in the project.</summary>
    public required HookDefinition Definition { get; init; }

    /// <summary>The hook's path inside the service, such as <c>pre_start[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The networks it is connected to after its creation, by name: engines before API 1.44 accept only one network at creation.</summary>
    public IReadOnlyDictionary<string, EndpointSpec> FurtherNetworks { get; init; } = new Dictionary<string, EndpointSpec>();

    /// <summary>The secrets and configs that are copied into it. They may contain secrets.</summary>
    public IReadOnlyList<ContainerFile> Files { get; init; } = [];

    /// <summary>The containers that are started only after it has succeeded.</summary>
    public IReadOnlyList<ResourceId> Gates { get; init; } = [];

    /// <summary>Whether it is an error when it fails; otherwise it is a warning, and the containers after it are not started.</summary>
    public bool Required { get; init; } = true;

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RunContainer;
}

/// <summary>Stops a container.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Limit">How long it may take; null for its own setting.</param>
public sealed record StopContainerOperation(string Container, TimeSpan? Limit) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.StopContainer;
}

/// <summary>Pauses a container.</summary>
/// <param name="Container">The container's id or name.</param>
public sealed record PauseContainerOperation(string Container) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.PauseContainer;
}

/// <summary>Sends a signal to a container. SIGKILL ends it.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Signal">The signal's name or number.</param>
public sealed record SignalContainerOperation(string Container, string Signal) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.SignalContainer;
}

/// <summary>Removes a container.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="AnonymousVolumes">Whether its anonymous volumes are removed too.</param>
public sealed record RemoveContainerOperation(string Container, bool AnonymousVolumes) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveContainer;
}

/// <summary>Renames a container to its final name.</summary>
/// <param name="Container">The current name.</param>
/// <param name="NewName">The new name.</param>
public sealed record RenameContainerOperation(string Container, string NewName) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RenameContainer;
}

/// <summary>Runs the program of a provider service, on the machine of the user.</summary>
/// <param name="Project">The project.</param>
/// <param name="Definition">The provider service.</param>
/// <param name="Command">What the program does.</param>
public sealed record ProviderOperation(ComposeProject Project, ServiceDefinition Definition, ProviderCommand Command) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RunProvider;
}

/// <summary>The commands of a provider program.</summary>
public enum ProviderCommand
{
    /// <summary>Provides the service.</summary>
    Up,

    /// <summary>Pauses the service. Programs that do not support it are not run.</summary>
    Stop,

    /// <summary>Releases everything that belongs to the service.</summary>
    Down,
}
