using ComposeLab.Engine.Cleaning;
namespace ComposeLab.Engine.Docker;

/// <summary>
/// The Docker Engine API with this project's own types: one method per engine call.
/// Calls throw only <see cref="EngineException"/> and <see cref="OperationCanceledException"/>. Any number may run in parallel.
/// </summary>
public interface IEngine :
    IContainerCalls, INetworkCalls, IVolumeCalls, IImageCalls, IExecCalls, ILogCalls, IEventCalls, ISystemCalls, ISwarmCalls, IDisposable
{
    /// <summary>The properties of the engine when it was connected.</summary>
    EngineInfo Info { get; }
}

/// <summary>The engine's calls about containers. A container is named by its id or its name.</summary>
public interface IContainerCalls
{
    /// <summary>Lists containers, running or not.</summary>
    /// <param name="labels">Labels that a container must have, as <c>key</c> or <c>key=value</c>; empty lists every container.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers, newest first.</returns>
    Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Reads everything about one container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The container, or null if there is none.</returns>
    Task<ContainerDetails?> InspectContainerAsync(string container, CancellationToken token);

    /// <summary>Reads whether a container runs, and since when. Much cheaper than everything about the container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Its state, or null if there is no such container.</returns>
    Task<ContainerRunState?> ReadRunStateAsync(string container, CancellationToken token);

    /// <summary>Creates a container without starting it.</summary>
    /// <param name="spec">The settings of the container.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The id, and the engine's warnings.</returns>
    Task<ContainerCreated> CreateContainerAsync(ContainerSpec spec, CancellationToken token);

    /// <summary>Starts a container; a running one is left alone.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the process runs.</returns>
    Task StartContainerAsync(string container, CancellationToken token);

    /// <summary>Stops a container and kills it after the timeout. A stopped container is unchanged.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="timeout">How long it may take, in whole seconds; null for the container's own setting.</param>
    /// <param name="token">Cancels the call; the engine continues to stop the container.</param>
    /// <returns>Completes when the process has exited.</returns>
    Task StopContainerAsync(string container, TimeSpan? timeout, CancellationToken token);

    /// <summary>Sends a signal to a container's first process.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="signal">The signal's name, such as <c>SIGHUP</c>.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the signal is sent.</returns>
    Task KillContainerAsync(string container, string signal, CancellationToken token);

    /// <summary>Pauses every process of a container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the container is paused.</returns>
    Task PauseContainerAsync(string container, CancellationToken token);

    /// <summary>Resumes a paused container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the container runs again.</returns>
    Task UnpauseContainerAsync(string container, CancellationToken token);

    /// <summary>Removes a container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="force">Whether a running one is killed first.</param>
    /// <param name="anonymousVolumes">Whether its anonymous volumes are removed too.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is removed.</returns>
    Task RemoveContainerAsync(string container, bool force, bool anonymousVolumes, CancellationToken token);

    /// <summary>Renames a container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="newName">The new name, which must be free.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is renamed.</returns>
    Task RenameContainerAsync(string container, string newName, CancellationToken token);

    /// <summary>Unpacks an archive into a container, running or not.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="directory">An existing directory inside the container.</param>
    /// <param name="tar">The archive, read to its end.</param>
    /// <param name="options">How it is unpacked.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the files are copied.</returns>
    Task CopyToContainerAsync(string container, string directory, Stream tar, ArchiveOptions options, CancellationToken token);

    /// <summary>Reads a file or directory tree of a container, running or not.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="path">The absolute path; a link is not followed.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The tree; null if there is nothing at the path.</returns>
    Task<ContainerArchive?> CopyFromContainerAsync(string container, string path, CancellationToken token);

    /// <summary>Looks at a path in a container, running or not.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="path">The absolute path; a link is not followed.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>What is there; null for nothing.</returns>
    Task<ContainerPath?> StatContainerPathAsync(string container, string path, CancellationToken token);

    /// <summary>Reads the whole file system of a container, running or not, without its volumes.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>A tar archive; the caller disposes it.</returns>
    Task<Stream> ExportContainerAsync(string container, CancellationToken token);

    /// <summary>Lists the processes of a running container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The processes as seen from the host.</returns>
    Task<ContainerProcesses> ListProcessesAsync(string container, CancellationToken token);

    /// <summary>Measures what a running container uses, over about a second.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The usage; null if the container has exited.</returns>
    Task<ContainerUsage?> MeasureContainerAsync(string container, CancellationToken token);

    /// <summary>Connects to the first process of a container. If the container has not been started, the connection waits for its start.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="input">Whether input is sent; the container must have standard input.</param>
    /// <param name="token">Cancels the connecting.</param>
    /// <returns>The connection; the caller disposes it. Only output from now on is received.</returns>
    Task<IExecSession> AttachContainerAsync(string container, bool input, CancellationToken token);
}

/// <summary>The engine's calls about networks.</summary>
public interface INetworkCalls
{
    /// <summary>Lists networks.</summary>
    /// <param name="labels">Labels that a network must have; empty lists every network.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The networks.</returns>
    Task<IReadOnlyList<NetworkSummary>> ListNetworksAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Creates a network.</summary>
    /// <param name="spec">The settings.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The new network's id.</returns>
    Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken token);

    /// <summary>Removes a network that nothing uses.</summary>
    /// <param name="network">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is removed.</returns>
    Task RemoveNetworkAsync(string network, CancellationToken token);

    /// <summary>Connects a container to a network.</summary>
    /// <param name="network">Id or name of the network.</param>
    /// <param name="container">Id or name of the container.</param>
    /// <param name="endpoint">The endpoint settings.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is connected.</returns>
    Task ConnectNetworkAsync(string network, string container, EndpointSpec endpoint, CancellationToken token);

    /// <summary>Disconnects a container from a network.</summary>
    /// <param name="network">Id or name of the network.</param>
    /// <param name="container">Id or name of the container.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is disconnected.</returns>
    Task DisconnectNetworkAsync(string network, string container, CancellationToken token);
}

/// <summary>The engine's calls about volumes.</summary>
public interface IVolumeCalls
{
    /// <summary>Lists volumes.</summary>
    /// <param name="labels">Labels that a volume must have; empty lists every volume.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The volumes.</returns>
    Task<IReadOnlyList<VolumeSummary>> ListVolumesAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Creates a volume; an existing one with that name is kept unchanged.</summary>
    /// <param name="spec">The settings.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it exists.</returns>
    Task CreateVolumeAsync(VolumeSpec spec, CancellationToken token);

    /// <summary>Removes a volume that no container uses, with everything in it.</summary>
    /// <param name="volume">The name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is removed.</returns>
    Task RemoveVolumeAsync(string volume, CancellationToken token);
}

/// <summary>The engine's calls about images.</summary>
public interface IImageCalls
{
    /// <summary>Lists images with a name.</summary>
    /// <param name="labels">Labels that an image must have; empty lists every image.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The images, newest first.</returns>
    Task<IReadOnlyList<ImageSummary>> ListImagesAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Reads everything about one image.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The image, or null if the engine has none of that name.</returns>
    Task<ImageDetails?> InspectImageAsync(string image, CancellationToken token);

    /// <summary>Reads the history of an image.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The steps, newest first.</returns>
    Task<IReadOnlyList<ImageHistoryStep>> ReadImageHistoryAsync(string image, CancellationToken token);

    /// <summary>Adds a name to an image.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="name">The new name as <c>repository:tag</c>.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is named.</returns>
    Task TagImageAsync(string image, string name, CancellationToken token);

    /// <summary>Removes a name from an image; removing the last name removes the image.</summary>
    /// <param name="image">Name or id.</param>
    /// <param name="force">Whether an image of a stopped container is removed too.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is removed.</returns>
    Task RemoveImageAsync(string image, bool force, CancellationToken token);

    /// <summary>Builds an image on the engine. A failed build is reported in the stream, not by an exception.</summary>
    /// <param name="context">The build context as a tar archive, read to its end.</param>
    /// <param name="request">What to build and how.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The engine's progress, one JSON object per line; the caller disposes it.</returns>
    Task<Stream> BuildImageAsync(Stream context, ImageBuildRequest request, CancellationToken token);

    /// <summary>Pulls an image on the engine. A failed pull may be reported in the stream, not by an exception.</summary>
    /// <param name="request">What to pull and with which credentials.</param>
    /// <param name="progress">Receives each line of the engine's progress as it comes, on any thread.</param>
    /// <param name="token">Cancels the pull.</param>
    /// <returns>Completes when the stream ends.</returns>
    Task PullImageAsync(ImagePullRequest request, IProgress<ImagePullMessage> progress, CancellationToken token);

    /// <summary>Pushes an image from the engine to its registry. A failed push may be reported in the stream, not by an exception.</summary>
    /// <param name="request">What to push and with which credentials.</param>
    /// <param name="progress">Receives each line of the engine's progress as it comes, on any thread.</param>
    /// <param name="token">Cancels the push.</param>
    /// <returns>Completes when the stream ends.</returns>
    Task PushImageAsync(RegistryRequest request, IProgress<ImagePullMessage> progress, CancellationToken token);

    /// <summary>Reads the digest that a registry has for an image, through the engine. Nothing is pulled.</summary>
    /// <param name="request">The image and the credentials.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The digest, including <c>sha256:</c>.</returns>
    Task<string> ReadRegistryDigestAsync(RegistryRequest request, CancellationToken token);

    /// <summary>Creates an image from a container.</summary>
    /// <param name="container">Id or name of the container, running or not.</param>
    /// <param name="spec">The settings of the image.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The id of the image.</returns>
    Task<string> CommitContainerAsync(string container, CommitSpec spec, CancellationToken token);

    /// <summary>Creates an image of one layer from a root file system.</summary>
    /// <param name="tar">The root file system as a tar archive, read to its end.</param>
    /// <param name="name">The image's name as <c>repository:tag</c>.</param>
    /// <param name="changes">Dockerfile instructions applied to it, such as <c>CMD ["/bin/sh"]</c>.</param>
    /// <param name="token">Cancels the import.</param>
    /// <returns>Completes when the image exists.</returns>
    Task ImportImageAsync(Stream tar, string name, IReadOnlyList<string> changes, CancellationToken token);
}

/// <summary>The engine's calls about the output of containers.</summary>
public interface ILogCalls
{
    /// <summary>Reads a container's log.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="query">Which part of it.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The lines in order; with Follow until the container exits.</returns>
    IAsyncEnumerable<LogLine> ReadLogsAsync(string container, LogQuery query, CancellationToken token);
}

/// <summary>The engine's calls about commands inside running containers.</summary>
public interface IExecCalls
{
    /// <summary>Starts a command inside a running container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="spec">The command and its environment.</param>
    /// <param name="token">Cancels the start.</param>
    /// <returns>The running command; the caller disposes it.</returns>
    Task<IExecSession> StartExecAsync(string container, ExecSpec spec, CancellationToken token);
}

/// <summary>The engine's calls about container events.</summary>
public interface IEventCalls
{
    /// <summary>Watches containers.</summary>
    /// <param name="labels">Labels that a container must have.</param>
    /// <param name="since">A start time in the past, as far back as the engine remembers; null for now.</param>
    /// <param name="until">The time up to which past events are read, after which the events end; null to wait for new events without an end.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The events as they occur, until canceled or the engine becomes unreachable (EngineUnreachable).</returns>
    IAsyncEnumerable<ContainerEvent> WatchContainersAsync(IReadOnlyList<string> labels, DateTimeOffset? since, DateTimeOffset? until, CancellationToken token);
}

/// <summary>The engine's calls about itself.</summary>
public interface ISystemCalls
{
    /// <summary>Asks what the engine and its machine are.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The description.</returns>
    Task<EngineDescription> DescribeAsync(CancellationToken token);

    /// <summary>Measures how much disk the engine uses; can take minutes on a large engine.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The use by kind.</returns>
    Task<EngineDiskUse> MeasureDiskAsync(CancellationToken token);

    /// <summary>Lists everything that takes space; can take minutes on a large engine.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The objects.</returns>
    Task<EngineContents> ListContentsAsync(CancellationToken token);

    /// <summary>Removes the build cache that no build is using.</summary>
    /// <param name="before">Only what was last used before this time; null for all.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The space that was freed, in bytes.</returns>
    Task<long> PruneBuildCacheAsync(DateTimeOffset? before, CancellationToken token);
}

/// <summary>A container event.</summary>
/// <param name="Time">The time.</param>
/// <param name="ContainerId">The container.</param>
/// <param name="Action">The event, in the engine's terms: <c>start</c>, <c>die</c>, <c>health_status: healthy</c>.</param>
/// <param name="Attributes">The container's labels and, for <c>die</c>, <c>exitCode</c>.</param>
public sealed record ContainerEvent(
    DateTimeOffset Time, string ContainerId, string Action, IReadOnlyDictionary<string, string> Attributes);
