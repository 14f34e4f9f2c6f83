using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ComposeLab.Database.Probing;

/// <summary>The kinds of answers to <c>/db-check</c>.</summary>
internal enum ApiAnswerKind
{
    /// <summary>It was not queried: the service publishes no port.</summary>
    NotAsked,

    /// <summary>The database can be used.</summary>
    Ok,

    /// <summary>The service reports that the database cannot be used.</summary>
    Fault,

    /// <summary>The server has no such page, so nothing is known about the database.</summary>
    NoEndpoint,

    /// <summary>Nothing listens, or the connection was closed without an answer.</summary>
    Refused,

    /// <summary>There was no answer in time.</summary>
    Silent,
}

/// <summary>The result of a request for <c>/db-check</c>.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="Latency">How long it took; null if there was no request.</param>
/// <param name="Address">The address of the request; empty if there was none.</param>
/// <param name="Cause">The cause that the service reports; null if there is none.</param>
/// <param name="Message">The service's own message, or the observation.</param>
internal sealed record ApiAnswer(ApiAnswerKind Kind, TimeSpan? Latency = null, string Address = "", string? Cause = null, string Message = "");

/// <summary>Asks a service whether it can use the database. Only JSON with <c>ok</c> is an answer; other pages say nothing.</summary>
internal static class ApiProbe
{
    private const string Page = "/db-check";

    // An answer with ok is short; a longer one is another page, and is not read to its end.
    private const int LargestAnswer = 256 * 1024;

    /// <summary>Asks.</summary>
    /// <param name="host">The address of the published port.</param>
    /// <param name="port">The published port.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The answer; a failure is also an answer.</returns>
    public static async Task<ApiAnswer> AskAsync(string host, int port, TimeSpan limit, CancellationToken token)
    {
        var address = new UriBuilder(Uri.UriSchemeHttp, host, port, Page).Uri;
        long started = Stopwatch.GetTimestamp();
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(token);
        clock.CancelAfter(limit);
        ApiAnswer answer;
        try
        {
            // A proxy in the environment must not be used for containers of this machine.
            using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
            using HttpResponseMessage response = await client.GetAsync(address, clock.Token).ConfigureAwait(false);
            answer = Read(response.StatusCode, await response.Content.ReadAsByteArrayAsync(clock.Token).ConfigureAwait(false));
        }
        catch (Exception failed) when (!token.IsCancellationRequested && failed is HttpRequestException or IOException or OperationCanceledException)
        {
            answer = Of(failed, limit);
        }

        return answer with { Latency = Stopwatch.GetElapsedTime(started), Address = address.ToString() };
    }

    private static ApiAnswer Read(HttpStatusCode status, byte[] body)
    {
        (bool? ok, string? cause, string? message) = Parse(body);
        return ok switch
        {
            true => new ApiAnswer(ApiAnswerKind.Ok),
            false => new ApiAnswer(ApiAnswerKind.Fault, Cause: cause, Message: message ?? $"status {(int)status}"),
            null => new ApiAnswer(ApiAnswerKind.NoEndpoint, Message: $"no {Page} here: status {(int)status}, no JSON with ok"),
        };
    }

    private static (bool? Ok, string? Cause, string? Message) Parse(byte[] body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            JsonElement root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                return (ok.GetBoolean(), Text(root, "cause"), Text(root, "message") ?? Text(root, "error"));
            }
        }
        catch (JsonException)
        {
            // A page with other content.
        }

        return (null, null, null);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Bytes that are not HTTP come from another kind of server. A published port without a listener behind it closes the connection without a byte.
    private static ApiAnswer Of(Exception failed, TimeSpan limit)
    {
        for (Exception? at = failed; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case OperationCanceledException:
                    return new ApiAnswer(ApiAnswerKind.Silent, Message: $"no answer within {limit.TotalSeconds:0.#} s");
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return new ApiAnswer(ApiAnswerKind.Refused, Message: "nothing listens");
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }:
                    return new ApiAnswer(ApiAnswerKind.NoEndpoint, Message: "the server does not speak HTTP");
                case HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }:
                    return new ApiAnswer(ApiAnswerKind.NoEndpoint, Message: $"no {Page} here: the answer is too long");
            }
        }

        return new ApiAnswer(ApiAnswerKind.Refused, Message: "the connection was closed without an answer");
    }
}
