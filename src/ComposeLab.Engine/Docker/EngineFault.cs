using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text.Json;
using Docker.DotNet;

namespace ComposeLab.Engine.Docker;

/// <summary>Converts the client library's exceptions to this project's error type.</summary>
internal static class EngineFault
{
    private const int LongestMessage = 2000;

    /// <summary>Runs a call with a time limit and converts its exceptions.</summary>
    /// <typeparam name="T">The call's answer.</typeparam>
    /// <param name="endpoint">Where the engine is, for the message.</param>
    /// <param name="call">The call.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">The token of the call; shows whether a cancellation was requested.</param>
    /// <param name="name">The name of the method that makes the call, for the message if the engine rejects it.</param>
    /// <returns>The call's answer.</returns>
    public static async Task<T> TranslateAsync<T>(
        EngineEndpoint endpoint, Func<Task<T>> call, TimeSpan limit, CancellationToken token, [CallerMemberName] string name = "")
    {
        try
        {
            // Some transports ignore the token while connecting. Waiting for it here keeps cancellation within a second.
            T answer = await call().WaitAsync(limit, token).ConfigureAwait(false);
            return answer is null ? throw new InvalidDataException("it answered with null") : answer;
        }
        catch (Exception fault) when (Of(endpoint, fault, token, name) is { } known)
        {
            throw known;
        }
    }

    /// <summary>Runs a call without an answer and converts its exceptions.</summary>
    /// <param name="endpoint">Where the engine is, for the message.</param>
    /// <param name="call">The call.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="token">The token of the call.</param>
    /// <param name="name">The name of the method that makes the call, for the message if the engine rejects it.</param>
    /// <returns>Completes with the call.</returns>
    public static Task TranslateAsync(EngineEndpoint endpoint, Func<Task> call, TimeSpan limit, CancellationToken token, [CallerMemberName] string name = "") =>
        TranslateAsync(
            endpoint,
            async () =>
            {
                await call().ConfigureAwait(false);
                return true;
            },
            limit,
            token,
            name);

    /// <summary>The error for an exception of the client library.</summary>
    /// <param name="endpoint">Where the engine is.</param>
    /// <param name="fault">The exception.</param>
    /// <param name="token">The token of the call.</param>
    /// <param name="name">The name of the method that made the call.</param>
    /// <returns>The error, or null if the exception must not be converted.</returns>
    public static Exception? Of(EngineEndpoint endpoint, Exception fault, CancellationToken token, string name)
    {
        if (token.IsCancellationRequested && fault is not OperationCanceledException)
        {
            return new OperationCanceledException(token);
        }

        if (NoEngine(fault) is { } why)
        {
            return NotAnEngine(endpoint, why, fault);
        }

        return fault switch
        {
            DockerApiException refused => Refused(refused, name),
            HttpRequestException or IOException or SocketException or AggregateException or TimeoutException or AuthenticationException or UnauthorizedAccessException =>
                Unreachable(endpoint, Reason(fault), fault),
            _ => null,
        };
    }

    /// <summary>The error for a server that is not an engine.</summary>
    /// <param name="endpoint">Where it is.</param>
    /// <param name="why">The reason, as a clause.</param>
    /// <param name="fault">The exception; may be null.</param>
    /// <returns>The error.</returns>
    public static EngineException NotAnEngine(EngineEndpoint endpoint, string why, Exception? fault) => new(
        EngineErrorId.EngineUnreachable,
        $"The server at {endpoint} is not a Docker engine: {why}.",
        $"Set DOCKER_HOST to the address of an engine, for example: $env:DOCKER_HOST = '{EngineEndpoint.DefaultUnixSocket}'",
        fault);

    /// <summary>The error for a call that the engine rejected.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body of the answer; usually JSON with a message.</param>
    /// <param name="name">The name of the method that made the call.</param>
    /// <param name="fault">The exception; may be null.</param>
    /// <returns>The error; its id is the cause if the engine's message shows it.</returns>
    public static EngineException Refused(int status, string? body, string name, Exception? fault)
    {
        string said = Shortened(MessageOf(body));
        EngineRefusal? cause = EngineRefusal.Of(status, said);
        return new EngineException(
            cause?.Id ?? EngineErrorId.EngineRefused,
            $"Docker refused to {Words(name)} ({status}): {said}",
            cause?.Recommendation ?? status switch
            {
                409 => "Run the command again. Another process changed the stack at the same time.",
                >= 400 and < 500 => "Fix the problem in the message.",
                _ => "See the Docker engine log.",
            },
            fault)
        {
            StatusCode = status,
        };
    }

    /// <summary>The error for an engine that does not answer.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="why">The reason, as a clause.</param>
    /// <param name="fault">The exception; may be null.</param>
    /// <returns>The error.</returns>
    public static EngineException Unreachable(EngineEndpoint endpoint, string why, Exception? fault) => new(
        EngineErrorId.EngineUnreachable,
        $"No Docker engine answers at {endpoint}: {why}.",
        EngineStart.On(endpoint.Address, fault),
        fault);

    private static EngineException Refused(DockerApiException fault, string name) => Refused((int)fault.StatusCode, fault.ResponseBody, name, fault);

    // CreateContainerAsync is the call "create container".
    private static string Words(string name)
    {
        string plain = name.EndsWith("Async", StringComparison.Ordinal) ? name[..^5] : name;
        return string.Concat(plain.Select((character, index) =>
            char.IsUpper(character) ? (index > 0 ? " " : "") + char.ToLowerInvariant(character) : character.ToString()));
    }

    private static string Shortened(string text) => text.Length <= LongestMessage ? text : $"{text[..LongestMessage]}... ({text.Length} characters)";

    // The client library's exceptions for invalid answers: incomplete JSON, wrong types, numbers out of range, missing parts.
    private static string? NoEngine(Exception fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is InvalidDataException unexpected)
            {
                return unexpected.Message;
            }
        }

        return fault switch
        {
            JsonException => "its answer is not the JSON of the Docker API",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } or HttpRequestException { InnerException: FormatException or ArgumentException } =>
                "its answer is not HTTP",
            FormatException or ArgumentException or OverflowException or NotSupportedException or InvalidOperationException or NullReferenceException =>
                "its answer does not match the Docker API",
            _ => null,
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
            return "it accepts connections but did not answer in time";
        }

        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is UnauthorizedAccessException)
            {
                return "access was denied";
            }

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

        return fault is AuthenticationException ? "the connection could not be encrypted: " + fault.Message : "the connection was lost";
    }
}
