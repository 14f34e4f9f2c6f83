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

    /// <summary>Whether what it creates takes the place of what was there.</summary>
    public bool Replaces { get; init; }

    /// <summary>The values that differ, where that is the cause; each with its place in the compose files.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>The ids of the steps that must have ended well before.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Whether it only serves another step that carries the cause; left out where people read the plan.</summary>
    public bool IsDetail { get; init; }

    /// <summary>What it does, as the word that begins a line of a plan.</summary>
    public string Verb => Kind switch
    {
        OperationKind.BuildImage => "build",
        OperationKind.PullImage => "pull",
        OperationKind.CreateNetwork or OperationKind.CreateVolume or OperationKind.CreateContainer or OperationKind.CreateDirectory => Replaces ? "recreate" : "create",
        OperationKind.RemoveNetwork or OperationKind.RemoveVolume or OperationKind.RemoveContainer or OperationKind.RemoveImage => "remove",
        OperationKind.ConnectNetwork => "connect",
        OperationKind.CopyFiles => "fill",
        OperationKind.StartContainer => "start",
        OperationKind.UnpauseContainer => "unpause",
        OperationKind.WaitContainer => "wait",
        OperationKind.RunHook or OperationKind.RunContainer => "run",
        OperationKind.StopContainer => "stop",
        _ => "rename",
    };

    /// <summary>The step as a line of a plan.</summary>
    /// <returns><c>create container lab-db-1: container does not exist</c>.</returns>
    public sealed override string ToString() => $"{Verb} {Resource}: {Cause}";
}

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

    /// <summary>Runs an init container to its end and removes it.</summary>
    RunContainer,

    /// <summary>Stops a container.</summary>
    StopContainer,

    /// <summary>Removes a container.</summary>
    RemoveContainer,

    /// <summary>Gives a container its final name.</summary>
    RenameContainer,
}

/// <summary>Brings an image onto the engine.</summary>
/// <param name="Project">The project the definition belongs to.</param>
/// <param name="Definition">The service whose image it is.</param>
/// <param name="Image">The image's name.</param>
/// <param name="IsBuild">Whether it is built; otherwise it is pulled.</param>
public sealed record ImageOperation(ComposeProject Project, ServiceDefinition Definition, string Image, bool IsBuild) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => IsBuild ? OperationKind.BuildImage : OperationKind.PullImage;
}

/// <summary>Creates a directory of the host that a container mounts, as the user who asks; the engine would make it as root.</summary>
/// <param name="Path">Its absolute path.</param>
public sealed record CreateDirectoryOperation(string Path) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateDirectory;
}

/// <summary>Creates a network.</summary>
/// <param name="Spec">What the network is made of.</param>
public sealed record CreateNetworkOperation(NetworkSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateNetwork;
}

/// <summary>Removes a network.</summary>
/// <param name="NetworkId">The network's id.</param>
public sealed record RemoveNetworkOperation(string NetworkId) : Operation
{
    /// <summary>The names of the containers that the plan removes from it; what the engine keeps of them is disconnected by force.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveNetwork;
}

/// <summary>Creates a volume.</summary>
/// <param name="Spec">What the volume is made of.</param>
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

/// <summary>Takes a name from an image, which removes it with its last name.</summary>
/// <param name="Image">The name.</param>
public sealed record RemoveImageOperation(string Image) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveImage;
}

/// <summary>Creates a container.</summary>
/// <param name="Spec">Everything the container is made of; values that depend on <see cref="Slots"/> are provisional. May hold secrets.</param>
public sealed record CreateContainerOperation(ContainerSpec Spec) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CreateContainer;

    /// <summary>The service that the container is created for; null for a container that belongs to none.</summary>
    public ServiceDefinition? Definition { get; init; }

    /// <summary>The containers whose ids belong in <see cref="Spec"/> and are known only after earlier operations; null if there are none.</summary>
    public ContainerSlots? Slots { get; init; }
}

/// <summary>Gives a container a further network.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Container">The container's id or name.</param>
/// <param name="Endpoint">How it takes its place.</param>
public sealed record ConnectNetworkOperation(string Network, string Container, EndpointSpec Endpoint) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.ConnectNetwork;
}

/// <summary>Puts secrets or configs into a container that was not started yet.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Files">The files. They may hold secrets.</param>
public sealed record CopyFilesOperation(string Container, IReadOnlyList<ContainerFile> Files) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CopyFiles;
}

/// <summary>A file that is put into a container: a secret or config whose content no file of the host holds.</summary>
/// <param name="Path">The absolute path inside the container.</param>
/// <param name="Content">What it holds. Never printed.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
public sealed record ContainerFile(string Path, ReadOnlyMemory<byte> Content, int Mode, int UserId, int GroupId)
{
    /// <summary>The file without its content.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => Path;
}

/// <summary>Starts a container, or lets a paused one go on.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Paused">Whether it is only paused.</param>
public sealed record StartContainerOperation(string Container, bool Paused) : Operation
{
    /// <summary>Whether it is an error when the container cannot be started; otherwise it is a warning.</summary>
    public bool Required { get; init; } = true;

    /// <inheritdoc/>
    public override OperationKind Kind => Paused ? OperationKind.UnpauseContainer : OperationKind.StartContainer;
}

/// <summary>Waits until a container is what others, or the caller, need.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Condition">What it must be.</param>
/// <param name="Required">Whether it is an error when it does not come true; otherwise a warning.</param>
/// <param name="Limit">How long it may take.</param>
/// <param name="Probe">Whether the container's own healthcheck may be run sooner than the engine does.</param>
public sealed record WaitOperation(string Container, WaitCondition Condition, bool Required, TimeSpan Limit, bool Probe) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.WaitContainer;
}

/// <summary>What a container must be before others go on.</summary>
public enum WaitCondition
{
    /// <summary>It runs, and is healthy where it has a healthcheck; or it is a one-shot that ended with 0.</summary>
    Ready,

    /// <summary>It is healthy; having no healthcheck is an error.</summary>
    Healthy,

    /// <summary>It ended with 0.</summary>
    Completed,
}

/// <summary>Runs a hook inside a container.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="Command">The command.</param>
public sealed record HookOperation(string Container, ExecSpec Command) : Operation
{
    /// <summary>Whether it is an error when the hook fails; otherwise it is a warning.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Whether the user can have the plan continue although the hook fails.</summary>
    public bool CanSkip { get; init; }

    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RunHook;
}

/// <summary>Runs an init container (<c>pre_start</c>) to its end and removes it. Nothing of it is left, whether it succeeds, fails or is canceled.</summary>
/// <param name="Spec">Everything the container is made of. May hold secrets.</param>
/// <param name="Limit">How long it may run.</param>
public sealed record RunContainerOperation(ContainerSpec Spec, TimeSpan Limit) : Operation
{
    /// <summary>The hook as the project defines it.</summary>
    public required HookDefinition Definition { get; init; }

    /// <summary>The hook's path inside the service, such as <c>pre_start[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The networks it is connected to after its creation, by name: engines before API 1.44 take one network at creation.</summary>
    public IReadOnlyDictionary<string, EndpointSpec> FurtherNetworks { get; init; } = new Dictionary<string, EndpointSpec>();

    /// <summary>The secrets and configs that are copied into it. They may hold secrets.</summary>
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
/// <param name="Limit">How long it may take; null is its own setting.</param>
public sealed record StopContainerOperation(string Container, TimeSpan? Limit) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.StopContainer;
}

/// <summary>Removes a container.</summary>
/// <param name="Container">The container's id or name.</param>
/// <param name="AnonymousVolumes">Whether volumes made for it without a name go too.</param>
public sealed record RemoveContainerOperation(string Container, bool AnonymousVolumes) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RemoveContainer;
}

/// <summary>Gives a container its final name.</summary>
/// <param name="Container">The name it has.</param>
/// <param name="NewName">The name it gets.</param>
public sealed record RenameContainerOperation(string Container, string NewName) : Operation
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.RenameContainer;
}
