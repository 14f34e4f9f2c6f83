namespace ComposeLab.Engine.Docker;

/// <summary>The engine's calls about containers. A container is named by its id or its name.</summary>
public interface IContainerCalls
{
    /// <summary>Lists containers, running or not.</summary>
    /// <param name="labels">Labels all of which a container must have, as <c>key</c> or <c>key=value</c>; empty lists every container.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The containers, newest first.</returns>
    Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Reads everything about one container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The container, or null where there is none.</returns>
    Task<ContainerDetails?> InspectContainerAsync(string container, CancellationToken token);

    /// <summary>Creates a container without starting it.</summary>
    /// <param name="spec">Everything the container is made of.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The id, and what the engine warned about.</returns>
    Task<ContainerCreated> CreateContainerAsync(ContainerSpec spec, CancellationToken token);

    /// <summary>Starts a container; a running one is left alone.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the process runs.</returns>
    Task StartContainerAsync(string container, CancellationToken token);

    /// <summary>Asks a container to stop, and ends it when it does not; a stopped one is left alone.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="timeout">How long it may take; null is the container's own setting. Whole seconds count.</param>
    /// <param name="token">Cancels the call; the engine goes on stopping.</param>
    /// <returns>Completes when the process is gone.</returns>
    Task StopContainerAsync(string container, TimeSpan? timeout, CancellationToken token);

    /// <summary>Sends a signal to a container's first process.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="signal">The signal's name, such as <c>SIGHUP</c>.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the signal is sent.</returns>
    Task KillContainerAsync(string container, string signal, CancellationToken token);

    /// <summary>Freezes every process of a container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the container is paused.</returns>
    Task PauseContainerAsync(string container, CancellationToken token);

    /// <summary>Lets a paused container go on.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the container runs again.</returns>
    Task UnpauseContainerAsync(string container, CancellationToken token);

    /// <summary>Removes a container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="force">Whether a running one is ended first.</param>
    /// <param name="anonymousVolumes">Whether volumes that were made for it without a name go too.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is gone.</returns>
    Task RemoveContainerAsync(string container, bool force, bool anonymousVolumes, CancellationToken token);

    /// <summary>Gives a container another name.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="newName">The new name, which must be free.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is renamed.</returns>
    Task RenameContainerAsync(string container, string newName, CancellationToken token);

    /// <summary>Unpacks an archive into a container, running or not.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="directory">An existing directory inside the container.</param>
    /// <param name="tar">The archive, read to its end.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the files are there.</returns>
    Task CopyToContainerAsync(string container, string directory, Stream tar, CancellationToken token);
}
