using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Swarm;

/// <summary>Finds the engines of nodes: the engine of the session itself, or one of the docker contexts of the user.</summary>
internal static class NodeEngines
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Connects to the engine of a node.</summary>
    /// <param name="engine">An engine of the swarm.</param>
    /// <param name="node">The node.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The connection, which the caller disposes; null if no context leads to the engine.</returns>
    public static async Task<EngineSession?> OpenAsync(IEngine engine, SwarmNode node, CancellationToken token)
    {
        IReadOnlyDictionary<string, string> environment = ProcessEnvironment.Read();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        if (await OpenAsync(engine.Info.Endpoint.Name).ConfigureAwait(false) is { } own)
        {
            return own;
        }

        EngineSession?[] found = await Task.WhenAll(new DockerContexts(environment).Names.Append(DockerContexts.DefaultName).Distinct(StringComparer.Ordinal).Select(OpenAsync)).ConfigureAwait(false);
        token.ThrowIfCancellationRequested();
        EngineSession? first = found.FirstOrDefault(one => one is not null);
        foreach (EngineSession other in found.OfType<EngineSession>().Where(one => one != first))
        {
            other.Dispose();
        }

        return first;

        Task<EngineSession?> OpenAsync(string name) => OpenIfOwnAsync(new ProjectSelection { Location = "", Environment = environment, Context = name }, node, limit.Token);
    }

    /// <summary>The error for a node whose engine cannot be reached.</summary>
    /// <param name="node">The node.</param>
    /// <param name="need">Why the engine is needed, as a sentence without its end.</param>
    /// <param name="instead">What else can be done, as a clause.</param>
    /// <returns>NodeUnreachable.</returns>
    public static LabException Unreachable(SwarmNode node, string need, string instead) => new(
        LabErrorId.NodeUnreachable,
        $"{need}, and no docker context leads to the engine of that node.",
        $"Create one with: docker context create {CommandText.Quote(node.Name)} --docker host=ssh://{AddressOf(node)}; or {instead}",
        node.Name);

    /// <summary>The address under which a node is known.</summary>
    /// <param name="node">The node.</param>
    /// <returns>The address; the name if it has none.</returns>
    public static string AddressOf(SwarmNode node) => node.Status.Addr is { Length: > 0 } address ? address : node.Name;

    // Contexts that do not answer, or belong to other engines, are not of interest.
    private static async Task<EngineSession?> OpenIfOwnAsync(ProjectSelection selection, SwarmNode node, CancellationToken token)
    {
        EngineSession? session = null;
        try
        {
            session = await EngineSession.OpenAsync(selection, token).ConfigureAwait(false);
            if ((await session.Engine.DescribeAsync(token).ConfigureAwait(false)).SwarmNodeId == node.Id)
            {
                EngineSession own = session;
                session = null;
                return own;
            }
        }
        catch (Exception fault) when (fault is EngineException or OperationCanceledException)
        {
        }
        finally
        {
            session?.Dispose();
        }

        return null;
    }
}
