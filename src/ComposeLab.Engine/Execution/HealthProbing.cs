using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Execution;

/// <summary>Runs a container's own healthcheck sooner than the engine's interval would.</summary>
internal static class HealthProbing
{
    private static readonly TimeSpan EngineDefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs the healthcheck once, as the engine would: same command, user and environment, same limit.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">A running container.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Whether it passed; false also where it could not be run.</returns>
    public static async Task<bool> PassesAsync(IEngine engine, ContainerDetails container, CancellationToken token)
    {
        if (container.State != ContainerState.Running || Command(container.Healthcheck) is not { } command)
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(container.Healthcheck?.Timeout is { Ticks: > 0 } own ? own : EngineDefaultTimeout);
        try
        {
            return await ExecRunner.RunAsync(engine, container.Id, new ExecSpec { Command = command }, limit.Token)
                .ConfigureAwait(false) is { ExitCode: 0 };
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return false;
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.EngineRefused)
        {
            // The container ended or was paused meanwhile; the next look at it says so.
            return false;
        }
    }

    private static IReadOnlyList<string>? Command(HealthcheckSpec? check) => (check?.Test ?? []) switch
    {
        { Count: > 1 } test when test[0] == "CMD" => [.. test.Skip(1)],
        { Count: 2 } test when test[0] == "CMD-SHELL" => ["/bin/sh", "-c", test[1]],
        _ => null,
    };
}
