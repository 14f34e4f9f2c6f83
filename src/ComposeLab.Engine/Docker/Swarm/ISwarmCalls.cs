namespace ComposeLab.Engine.Docker;

/// <summary>The engine's calls about a swarm. Only a manager answers them; another engine refuses with SwarmManagerRequired.</summary>
public interface ISwarmCalls
{
    /// <summary>Lists services with the number of their tasks.</summary>
    /// <param name="labels">Labels that a service must have; empty lists every service.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The services.</returns>
    Task<IReadOnlyList<SwarmService>> ListServicesAsync(IReadOnlyList<string> labels, CancellationToken token);

    /// <summary>Creates a service.</summary>
    /// <param name="spec">The definition.</param>
    /// <param name="credential">The credential with which nodes pull the image; null for none.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The id, and the engine's warnings.</returns>
    Task<ContainerCreated> CreateServiceAsync(SwarmServiceSpec spec, RegistryCredential? credential, CancellationToken token);

    /// <summary>Changes a service.</summary>
    /// <param name="service">Its id.</param>
    /// <param name="version">The version that is changed; another one is refused.</param>
    /// <param name="spec">The new definition.</param>
    /// <param name="credential">The credential with which nodes pull the image; null to keep the one that the swarm has.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The engine's warnings.</returns>
    Task<IReadOnlyList<string>> UpdateServiceAsync(string service, ulong version, SwarmServiceSpec spec, RegistryCredential? credential, CancellationToken token);

    /// <summary>Changes a service back to its previous definition.</summary>
    /// <param name="service">Its id.</param>
    /// <param name="version">The version that is changed; another one is refused.</param>
    /// <param name="spec">The current definition.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The engine's warnings.</returns>
    Task<IReadOnlyList<string>> RollbackServiceAsync(string service, ulong version, SwarmServiceSpec spec, CancellationToken token);

    /// <summary>Removes a service. Its tasks end afterwards.</summary>
    /// <param name="service">Its id.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is removed.</returns>
    Task RemoveServiceAsync(string service, CancellationToken token);

    /// <summary>Lists tasks.</summary>
    /// <param name="labels">Labels that the service of a task must have; empty lists every task.</param>
    /// <param name="upToDate">Whether only tasks with the current definition of their service are listed.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The tasks, ended ones included as long as the swarm keeps them.</returns>
    Task<IReadOnlyList<SwarmTask>> ListTasksAsync(IReadOnlyList<string> labels, bool upToDate, CancellationToken token);

    /// <summary>Reads the log of a task, wherever it runs.</summary>
    /// <param name="task">Its id.</param>
    /// <param name="hasTerminal">Whether its container has a terminal.</param>
    /// <param name="query">Which part of it.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The lines in order; with Follow until the task ends.</returns>
    /// <exception cref="EngineException">LogUnreadable: the node of the task does not answer, or keeps no log.</exception>
    IAsyncEnumerable<LogLine> ReadTaskLogAsync(string task, bool hasTerminal, LogQuery query, CancellationToken token);

    /// <summary>Lists nodes.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The nodes.</returns>
    Task<IReadOnlyList<SwarmNode>> ListNodesAsync(CancellationToken token);

    /// <summary>Changes what the administrator of a node set.</summary>
    /// <param name="node">Its id.</param>
    /// <param name="version">The version that is changed; another one is refused.</param>
    /// <param name="spec">The new settings.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when they are changed.</returns>
    Task UpdateNodeAsync(string node, ulong version, SwarmNodeSpec spec, CancellationToken token);

    /// <summary>Lists the configs.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The configs, with their content.</returns>
    Task<IReadOnlyList<SwarmFile>> ListConfigsAsync(CancellationToken token);

    /// <summary>Creates a config.</summary>
    /// <param name="spec">The definition.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The id.</returns>
    Task<string> CreateConfigAsync(SwarmFileSpec spec, CancellationToken token);

    /// <summary>Removes a config that no service uses.</summary>
    /// <param name="config">Its id.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is removed.</returns>
    Task RemoveConfigAsync(string config, CancellationToken token);

    /// <summary>Lists the secrets.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The secrets, without their content.</returns>
    Task<IReadOnlyList<SwarmFile>> ListSecretsAsync(CancellationToken token);

    /// <summary>Creates a secret.</summary>
    /// <param name="spec">The definition.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The id.</returns>
    Task<string> CreateSecretAsync(SwarmFileSpec spec, CancellationToken token);

    /// <summary>Changes the labels of a secret. The call is refused if the content differs.</summary>
    /// <param name="secret">Its id.</param>
    /// <param name="version">The version that is changed; another one is refused.</param>
    /// <param name="spec">The definition with its content.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when they are changed.</returns>
    Task UpdateSecretAsync(string secret, ulong version, SwarmFileSpec spec, CancellationToken token);

    /// <summary>Removes a secret that no service uses.</summary>
    /// <param name="secret">Its id.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is removed.</returns>
    Task RemoveSecretAsync(string secret, CancellationToken token);

    /// <summary>Reads the digest and the platforms that a registry has for an image, through the engine. Nothing is pulled.</summary>
    /// <param name="request">The image and the credentials.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The digest and the platforms.</returns>
    Task<SwarmImage> ResolveImageAsync(RegistryRequest request, CancellationToken token);

    /// <summary>Makes the engine the first manager of a new swarm.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The id of the node.</returns>
    Task<string> InitializeSwarmAsync(SwarmSettings settings, CancellationToken token);

    /// <summary>Reads the secrets with which engines join the swarm.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The tokens.</returns>
    Task<SwarmJoinTokens> ReadJoinTokensAsync(CancellationToken token);

    /// <summary>Joins the engine to a swarm.</summary>
    /// <param name="membership">The swarm and the address of this node.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the engine is a node.</returns>
    Task JoinSwarmAsync(SwarmMembership membership, CancellationToken token);

    /// <summary>Takes the engine out of its swarm. Its tasks are removed; the other nodes see it as down.</summary>
    /// <param name="force">Whether a manager leaves too; with the last one, the swarm is lost.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the engine has left.</returns>
    Task LeaveSwarmAsync(bool force, CancellationToken token);

    /// <summary>Removes a node from the list of the swarm.</summary>
    /// <param name="node">Its id.</param>
    /// <param name="force">Whether it is removed although it is not down.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when it is removed.</returns>
    Task RemoveNodeAsync(string node, bool force, CancellationToken token);
}
