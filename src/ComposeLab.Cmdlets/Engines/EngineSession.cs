using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Projects;

namespace ComposeLab.Engines;

/// <summary>A cmdlet's connection to the engine, while its work runs.</summary>
internal sealed class EngineSession : IDisposable
{
    private EngineSession(IEngine engine, IReadOnlyDictionary<string, string> environment)
    {
        Engine = engine;
        Images = new EngineImages(engine, environment);
        Stacks = new StackEngine(engine, Images);
    }

    /// <summary>The engine itself.</summary>
    public IEngine Engine { get; }

    /// <summary>Builds and pulls images.</summary>
    public EngineImages Images { get; }

    /// <summary>The stacks on the engine.</summary>
    public StackEngine Stacks { get; }

    /// <summary>Connects to the engine of DOCKER_HOST, the current docker context or the default; gives up after ten seconds.</summary>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The session; the caller disposes it.</returns>
    /// <exception cref="EngineException">EngineUnreachable, EngineTooOld.</exception>
    public static Task<EngineSession> OpenAsync(CancellationToken token) => OpenAsync(ProcessEnvironment.Read(), token);

    /// <summary>Connects to the engine that an environment selects.</summary>
    /// <param name="environment">The environment; see <see cref="EngineEndpoint.Resolve"/> for the variables.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>The session; the caller disposes it.</returns>
    /// <exception cref="EngineException">EngineUnreachable, EngineTooOld.</exception>
    public static async Task<EngineSession> OpenAsync(IReadOnlyDictionary<string, string> environment, CancellationToken token) =>
        new(await EngineConnection.ConnectAsync(EngineEndpoint.Resolve(environment), token).ConfigureAwait(false), environment);

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Engine.Dispose();
}
