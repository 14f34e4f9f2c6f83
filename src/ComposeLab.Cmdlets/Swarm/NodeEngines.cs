using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Swarm;

/// <summary>
/// The engines of the nodes of a swarm: the engine of the session itself, and those of the docker contexts of the user. They are connected when another node is needed
/// for the first time, and closed with the session.
/// </summary>
/// <param name="selected">The session.</param>
internal sealed class NodeEngines(EngineSession selected) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private Task<string>? _own;
    private Task<IReadOnlyDictionary<string, EngineSession>>? _others;

    /// <summary>Finds the engine of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The session, which belongs to this object; null if no context leads to the engine.</returns>
    public async Task<EngineSession?> FindAsync(SwarmNode node, CancellationToken token)
    {
        if (await IsOwnAsync(node, token).ConfigureAwait(false))
        {
            return selected;
        }

        Task<IReadOnlyDictionary<string, EngineSession>> others;
        lock (_gate)
        {
            others = _others ??= ConnectAsync(token);
        }

        return (await others.ConfigureAwait(false)).GetValueOrDefault(node.Id);
    }

    /// <summary>Whether the engine of the session is that of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="token">Cancels it.</param>
    public async Task<bool> IsOwnAsync(SwarmNode node, CancellationToken token)
    {
        Task<string> own;
        lock (_gate)
        {
            own = _own ??= selected.Stacks.ReadNodeIdAsync(token);
        }

        return await own.ConfigureAwait(false) == node.Id;
    }

    /// <summary>The error for a node whose engine cannot be reached.</summary>
    /// <param name="node">The node.</param>
    /// <param name="need">Why the engine is needed, as a sentence without its end.</param>
    /// <param name="instead">What else can be done, as a clause.</param>
    /// <returns>NodeUnreachable.</returns>
    public static LabException Unreachable(SwarmNode node, string need, string instead) => new(
        LabErrorId.NodeUnreachable,
        $"{need}, and no docker context leads to the engine of that node.",
        $"Create one with: {ContextCommand(node)}; or {instead}",
        node.Name);

    /// <summary>The command that creates a docker context for a node.</summary>
    /// <param name="node">The node.</param>
    /// <returns>The command.</returns>
    public static string ContextCommand(SwarmNode node) => $"docker context create {CommandText.Quote(node.Name)} --docker host=ssh://{AddressOf(node)}";

    /// <summary>The address under which a node is known.</summary>
    /// <param name="node">The node.</param>
    /// <returns>The address; the name if it has none.</returns>
    public static string AddressOf(SwarmNode node) => node.Status.Addr is { Length: > 0 } address ? address : node.Name;

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _others?.ContinueWith(
        static others => CloseAll(others.Result.Values), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static void CloseAll(IEnumerable<EngineSession> sessions)
    {
        foreach (EngineSession session in sessions)
        {
            session.Dispose();
        }
    }

    private static async Task<IReadOnlyDictionary<string, EngineSession>> ConnectAsync(CancellationToken token)
    {
        IReadOnlyDictionary<string, string> environment = ProcessEnvironment.Read();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        var found = new Dictionary<string, EngineSession>(StringComparer.Ordinal);
        foreach ((string node, EngineSession? session) in await Task.WhenAll(new DockerContexts(environment).Names.Append(DockerContexts.DefaultName).Distinct(StringComparer.Ordinal).Select(name =>
            ConnectAsync(new ProjectSelection { Location = "", Environment = environment, Context = name }, limit.Token))).ConfigureAwait(false))
        {
            if (session is not null && !found.TryAdd(node, session))
            {
                session.Dispose();
            }
        }

        if (token.IsCancellationRequested)
        {
            CloseAll(found.Values);
            token.ThrowIfCancellationRequested();
        }

        return found;
    }

    // Contexts that do not answer, or whose engines are no nodes, are not of interest.
    private static async Task<(string Node, EngineSession? Session)> ConnectAsync(ProjectSelection selection, CancellationToken token)
    {
        EngineSession? session = null;
        try
        {
            session = await EngineSession.OpenAsync(selection, token).ConfigureAwait(false);
            if (await session.Stacks.ReadNodeIdAsync(token).ConfigureAwait(false) is { Length: > 0 } node)
            {
                EngineSession own = session;
                session = null;
                return (node, own);
            }
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
        }
        finally
        {
            session?.Dispose();
        }

        return ("", null);
    }
}
