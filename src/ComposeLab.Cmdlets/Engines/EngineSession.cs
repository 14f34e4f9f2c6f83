using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Projects;
using ComposeLab.Swarm;

namespace ComposeLab.Engines;

/// <summary>A cmdlet's connection to the engine, while its work runs.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly Lazy<NodeEngines> _nodes;

    private EngineSession(IEngine engine, IReadOnlyDictionary<string, string> environment)
    {
        Engine = engine;
        Images = new EngineImages(engine, environment);
        Stacks = new StackEngine(engine, Images);
        _nodes = new Lazy<NodeEngines>(() => new NodeEngines(this));
    }

    /// <summary>The engine itself.</summary>
    public IEngine Engine { get; }

    /// <summary>Builds and pulls images.</summary>
    public EngineImages Images { get; }

    /// <summary>The stacks on the engine.</summary>
    public StackEngine Stacks { get; }

    /// <summary>The engines of the nodes of its swarm.</summary>
    public NodeEngines Nodes => _nodes.Value;

    /// <summary>Connects to the engine that was selected: a context or an address, DOCKER_HOST, the current docker context or the default. Gives up after ten seconds.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The session; the caller disposes it.</returns>
    /// <exception cref="EngineException">EngineUnreachable, EngineTooOld, ContextNotFound, EngineNotTrusted, EngineAccessDenied.</exception>
    public static async Task<EngineSession> OpenAsync(ProjectSelection selection, CancellationToken token) => new(
        await EngineConnection.ConnectAsync(EngineEndpoint.Resolve(selection.Environment, selection.Context), token).ConfigureAwait(false), selection.Environment);

    /// <summary>Closes the connection, and those to other nodes.</summary>
    public void Dispose()
    {
        if (_nodes.IsValueCreated)
        {
            _nodes.Value.Dispose();
        }

        Engine.Dispose();
    }
}
