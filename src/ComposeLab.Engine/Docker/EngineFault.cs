using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace ComposeLab.Engine.Docker;

/// <summary>Turns the client library's exceptions into this project's one error.</summary>
internal static class EngineFault
{
    /// <summary>Runs a call and translates what it throws.</summary>
    /// <typeparam name="T">The call's answer.</typeparam>
    /// <param name="endpoint">Where the engine is, for the message.</param>
    /// <param name="call">The call.</param>
    /// <param name="token">The token the call was given; decides whether a cancellation was asked for.</param>
    /// <returns>The call's answer.</returns>
    public static Task<T> TranslateAsync<T>(EngineEndpoint endpoint, Func<Task<T>> call, CancellationToken token) =>
        TranslateAsync(endpoint, call, Timeout.InfiniteTimeSpan, token);

    /// <summary>Runs a call that must be answered within a limit and translates what it throws.</summary>
    /// <typeparam name="T">The call's answer.</typeparam>
    /// <param name="endpoint">Where the engine is, for the message.</param>
    /// <param name="call">The call.</param>
    /// <param name="limit">How long the answer may take.</param>
    /// <param name="token">The token the call was given; decides whether a cancellation was asked for.</param>
    /// <returns>The call's answer.</returns>
    public static async Task<T> TranslateAsync<T>(EngineEndpoint endpoint, Func<Task<T>> call, TimeSpan limit, CancellationToken token)
    {
        try
        {
            // Some transports connect without looking at the token; waiting on it here keeps cancellation within a second.
            return await call().WaitAsync(limit, token).ConfigureAwait(false);
        }
        catch (Exception fault) when (Of(endpoint, fault, token) is { } known)
        {
            throw known;
        }
    }

    /// <summary>Runs a call without an answer and translates what it throws.</summary>
    /// <param name="endpoint">Where the engine is, for the message.</param>
    /// <param name="call">The call.</param>
    /// <param name="token">The token the call was given.</param>
    /// <returns>Completes with the call.</returns>
    public static Task TranslateAsync(EngineEndpoint endpoint, Func<Task> call, CancellationToken token) =>
        TranslateAsync(
            endpoint,
            async () =>
            {
                await call().ConfigureAwait(false);
                return true;
            },
            token);

    /// <summary>The error that stands for an exception of the client library.</summary>
    /// <param name="endpoint">Where the engine is.</param>
    /// <param name="fault">What was thrown.</param>
    /// <param name="token">The token of the call.</param>
    /// <returns>The error, or null where the exception must pass as it is.</returns>
    public static Exception? Of(EngineEndpoint endpoint, Exception fault, CancellationToken token)
    {
        if (token.IsCancellationRequested && fault is not OperationCanceledException)
        {
            return new OperationCanceledException(token);
        }

        return fault switch
        {
            DockerApiException refused => Refused(refused),
            HttpRequestException or IOException or SocketException or AggregateException or TimeoutException =>
                Unreachable(endpoint, Reason(fault), fault),
            _ => null,
        };
    }

    /// <summary>The error of an engine that does not answer.</summary>
    /// <param name="endpoint">Where it should be.</param>
    /// <param name="why">What was seen instead, as the rest of a sentence.</param>
    /// <param name="fault">What was thrown, if anything.</param>
    /// <returns>The error.</returns>
    public static EngineException Unreachable(EngineEndpoint endpoint, string why, Exception? fault) => new(
        EngineErrorId.EngineUnreachable,
        $"No Docker engine answers at {endpoint}: {why}.",
        EngineStart.On(endpoint.Address, fault),
        fault);

    private static EngineException Refused(DockerApiException fault)
    {
        int status = (int)fault.StatusCode;
        string message = MessageOf(fault.ResponseBody);
        return new EngineException(
            EngineErrorId.EngineRefused,
            $"The engine refused the call ({status}): {message}",
            status == 409 ? "Run the command again: something else changed the stack meanwhile." : "Look at the engine's own log for more.",
            fault)
        {
            StatusCode = status,
        };
    }

    private static string MessageOf(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return "it gave no reason";
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out JsonElement message)
                ? message.ToString()
                : body.Trim();
        }
        catch (JsonException)
        {
            return body.Trim();
        }
    }

    private static string Reason(Exception fault)
    {
        if (fault is TimeoutException)
        {
            return "it did not answer in time";
        }

        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => "the connection was refused",
                    SocketError.HostNotFound or SocketError.NoData => "the host name is unknown",
                    SocketError.AccessDenied => "access was denied",
                    SocketError.AddressNotAvailable => "the socket does not exist",
                    _ => socket.Message,
                };
            }
        }

        return "the connection broke";
    }
}
