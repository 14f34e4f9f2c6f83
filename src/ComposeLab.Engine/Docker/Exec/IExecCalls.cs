namespace ComposeLab.Engine.Docker;

/// <summary>The engine's calls about commands inside running containers.</summary>
public interface IExecCalls
{
    /// <summary>Starts a command inside a running container.</summary>
    /// <param name="container">Id or name.</param>
    /// <param name="spec">The command and its surroundings.</param>
    /// <param name="token">Cancels the start.</param>
    /// <returns>The running command; the caller disposes it.</returns>
    Task<IExecSession> StartExecAsync(string container, ExecSpec spec, CancellationToken token);
}
