using Docker.DotNet;
using Docker.DotNet.Models;
using Version = System.Version;

namespace ComposeLab.Engine.Docker;

/// <summary>Connects to an engine and negotiates an API version.</summary>
public static class EngineConnection
{
    /// <summary>The oldest supported API (Docker 20.10), which is needed for <c>platform</c> at creation and for current healthchecks.</summary>
    public static readonly Version OldestApi = new(1, 41);

    /// <summary>The newest API that was tested with this module; newer engines are asked to use it.</summary>
    public static readonly Version NewestApi = new(1, 51);

    /// <summary>Connects to an engine.</summary>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="token">Cancels the attempt, which times out after ten seconds.</param>
    /// <returns>The engine; the caller disposes it.</returns>
    /// <exception cref="EngineException">EngineUnreachable, EngineTooOld or EngineTooNew.</exception>
    public static Task<IEngine> ConnectAsync(EngineEndpoint endpoint, CancellationToken token) => ConnectAsync(endpoint, EngineLimits.Standard, token);

    /// <summary>Connects to an engine.</summary>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="limits">How long it may take to answer.</param>
    /// <param name="token">Cancels the attempt, which times out after its limit.</param>
    /// <returns>The engine; the caller disposes it.</returns>
    internal static async Task<IEngine> ConnectAsync(EngineEndpoint endpoint, EngineLimits limits, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Address.Scheme == "npipe" && OperatingSystem.IsWindows() && !NamedPipe.Exists(endpoint.Address))
        {
            throw EngineFault.Unreachable(endpoint, "the pipe does not exist", null);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(limits.Connect);
        try
        {
            return endpoint.Address.Scheme == "ssh"
                ? await ThroughSshAsync(endpoint, limits, limit.Token).ConfigureAwait(false)
                : await NegotiateAsync(endpoint, endpoint, limits, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (!token.IsCancellationRequested)
        {
            throw EngineFault.Unreachable(endpoint, $"it accepts connections but did not answer within {limits.Connect.TotalSeconds:0} seconds", fault);
        }
    }

    // A forwarded socket that nobody answers at shows only at the first call. The docker program of the other side knows where its engine is, and why it does not answer.
    private static async Task<IEngine> ThroughSshAsync(EngineEndpoint endpoint, EngineLimits limits, CancellationToken token)
    {
        SshTunnel tunnel = await SshTunnel.OpenAsync(endpoint, limits.Connect, token).ConfigureAwait(false);
        while (true)
        {
            try
            {
                return await NegotiateAsync(endpoint, endpoint with { Address = tunnel.Address }, limits, token).ConfigureAwait(false);
            }
            catch (EngineException fault) when (fault.Id == EngineErrorId.EngineUnreachable)
            {
                if (!tunnel.UseDialStdio())
                {
                    throw tunnel.Explain(fault) ?? fault;
                }
            }
        }
    }

    // Where the engine is reached differs from its own address if there is a tunnel.
    private static async Task<IEngine> NegotiateAsync(EngineEndpoint endpoint, EngineEndpoint reached, EngineLimits limits, CancellationToken token)
    {
        VersionResponse answer;
        using (var asking = new EngineTransport(reached, null))
        using (DockerClient client = Build(reached, asking, null))
        {
            try
            {
                answer = await EngineFault.TranslateAsync(endpoint, () => client.System.GetVersionAsync(token), limits.Connect, token, "ReadVersion").ConfigureAwait(false);
            }
            catch (EngineException fault) when (asking.Distrust is { } why)
            {
                throw NotTrusted(endpoint, why, fault);
            }
            catch (EngineException fault) when (asking.HasTrusted && fault.Id == EngineErrorId.EngineUnreachable && fault.InnerException is not TimeoutException)
            {
                // The engine sees this user's certificate after its own was accepted.
                throw Refused(endpoint, fault);
            }
        }

        if (!Version.TryParse(answer.APIVersion, out Version? offered))
        {
            throw EngineFault.NotAnEngine(endpoint, "its version does not include an API version", null);
        }

        if (offered < OldestApi)
        {
            throw new EngineException(
                EngineErrorId.EngineTooOld,
                $"The engine at {endpoint} supports API {offered} (version {answer.Version}). ComposeLab needs API {OldestApi} or later.",
                "Upgrade the engine to Docker 20.10 or later.");
        }

        if (Version.TryParse(answer.MinAPIVersion, out Version? required) && required > NewestApi)
        {
            throw new EngineException(
                EngineErrorId.EngineTooNew,
                $"The engine at {endpoint} needs API {required} or later (version {answer.Version}). ComposeLab speaks API {OldestApi} to {NewestApi}.",
                "Update ComposeLab");
        }

        Version agreed = offered < NewestApi ? offered : NewestApi;
        var transport = new EngineTransport(reached, agreed);
        return new DockerEngine(
            Build(reached, transport, agreed),
            transport,
            new EngineInfo
            {
                Version = answer.Version ?? "",
                ApiVersion = agreed,
                OperatingSystem = answer.Os ?? "",
                Architecture = answer.Arch ?? "",
                Endpoint = endpoint,
            },
            limits);
    }

    private static EngineException NotTrusted(EngineEndpoint endpoint, string why, Exception fault) => new(
        EngineErrorId.EngineNotTrusted,
        $"The server at {endpoint} is not trusted: {why}.",
        endpoint.Context is { } context ? $"docker context inspect {context}" : "Set DOCKER_CERT_PATH to the folder that contains the ca.pem of this engine",
        fault);

    private static EngineException Refused(EngineEndpoint endpoint, Exception fault) => new(
        EngineErrorId.EngineAccessDenied,
        endpoint.Tls!.CertificateFile is { } file
            ? $"The engine at {endpoint} does not accept the certificate {file}."
            : $"The engine at {endpoint} requires a certificate of this user, and there is none.",
        endpoint.Context is { } context ? $"docker context inspect {context}" : "Set DOCKER_CERT_PATH to the folder that contains cert.pem and key.pem for this engine",
        fault);

    private static DockerClient Build(EngineEndpoint endpoint, EngineTransport transport, Version? api)
    {
        // Waits and streams have no common limit; every call has its own limit.
        DockerClientBuilder builder = new DockerClientBuilder()
            .WithEndpoint(endpoint.Address)
            .WithTimeout(Timeout.InfiniteTimeSpan)
            .WithAuthProvider(transport);
        return (api is null ? builder : builder.WithApiVersion(api)).Build();
    }
}
