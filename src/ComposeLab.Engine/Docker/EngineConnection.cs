using Docker.DotNet;
using Docker.DotNet.Models;
using Version = System.Version;

namespace ComposeLab.Engine.Docker;

/// <summary>Opens the way to an engine and agrees on an API version with it.</summary>
public static class EngineConnection
{
    /// <summary>The oldest API this module speaks (Docker 20.10): needed for <c>platform</c> at creation and healthchecks as they are today.</summary>
    public static readonly Version OldestApi = new(1, 41);

    /// <summary>The newest API whose answers were tried with this module; a newer engine is asked to speak this one.</summary>
    public static readonly Version NewestApi = new(1, 51);

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    // A machine under load takes long; an engine that hangs takes longer.
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(3);

    /// <summary>Connects to an engine.</summary>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="token">Cancels the attempt, which gives up by itself after ten seconds.</param>
    /// <returns>The engine; the caller disposes it.</returns>
    /// <exception cref="EngineException">EngineUnreachable or EngineTooOld.</exception>
    public static Task<IEngine> ConnectAsync(EngineEndpoint endpoint, CancellationToken token) => ConnectAsync(endpoint, CallLimit, token);

    /// <summary>Connects to an engine.</summary>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="callLimit">How long it may think about a call that does no long work.</param>
    /// <param name="token">Cancels the attempt, which gives up by itself after ten seconds.</param>
    /// <returns>The engine; the caller disposes it.</returns>
    internal static async Task<IEngine> ConnectAsync(EngineEndpoint endpoint, TimeSpan callLimit, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(AnswerLimit);
        try
        {
            return await NegotiateAsync(endpoint, callLimit, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (!token.IsCancellationRequested)
        {
            throw EngineFault.Unreachable(endpoint, $"it did not answer within {AnswerLimit.TotalSeconds:0} seconds", fault);
        }
    }

    private static async Task<IEngine> NegotiateAsync(EngineEndpoint endpoint, TimeSpan callLimit, CancellationToken token)
    {
        VersionResponse answer;
        using (DockerClient client = Build(endpoint, null))
        {
            answer = await EngineFault.TranslateAsync(endpoint, () => client.System.GetVersionAsync(token), token).ConfigureAwait(false);
        }

        if (!Version.TryParse(answer.APIVersion, out Version? offered))
        {
            throw EngineFault.Unreachable(endpoint, "what answers there is no Docker engine", null);
        }

        if (offered < OldestApi)
        {
            throw new EngineException(
                EngineErrorId.EngineTooOld,
                $"The engine at {endpoint} speaks API {offered} (version {answer.Version}); expected {OldestApi} or later.",
                "Upgrade the engine to Docker 20.10 or later.");
        }

        Version agreed = offered < NewestApi ? offered : NewestApi;
        return new DockerEngine(
            Build(endpoint, agreed),
            new EngineInfo
            {
                Version = answer.Version,
                ApiVersion = agreed,
                OperatingSystem = answer.Os,
                Architecture = answer.Arch,
                Endpoint = endpoint,
            },
            callLimit);
    }

    private static DockerClient Build(EngineEndpoint endpoint, Version? api)
    {
        // Waits and streams last as long as they must; every call carries a token instead.
        DockerClientBuilder builder = new DockerClientBuilder()
            .WithEndpoint(endpoint.Address)
            .WithTimeout(Timeout.InfiniteTimeSpan);
        if (api is not null)
        {
            builder = builder.WithApiVersion(api);
        }

        return (api < EngineInfo.AllNetworksApi ? builder.WithAuthProvider(MacAddressHandler.Provider) : builder).Build();
    }
}
