using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ComposeLab.Database.Probing;

/// <summary>Asks the API whether it can use the database.</summary>
internal static class ApiProbe
{
    private const string Page = "/db-check";

    /// <summary>Asks.</summary>
    /// <param name="host">The address of the published port.</param>
    /// <param name="port">The published port.</param>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>The answer; a failure is an answer, too.</returns>
    public static async Task<ApiAnswer> AskAsync(string host, int port, TimeSpan limit, CancellationToken token)
    {
        var address = new UriBuilder(Uri.UriSchemeHttp, host, port, Page).Uri;
        long started = Stopwatch.GetTimestamp();
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(token);
        clock.CancelAfter(limit);
        ApiAnswer answer;
        try
        {
            // A proxy that the environment names has no business between this machine and its own containers.
            using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            using HttpResponseMessage response = await client.GetAsync(address, clock.Token).ConfigureAwait(false);
            answer = Read(response.StatusCode, await response.Content.ReadAsStringAsync(clock.Token).ConfigureAwait(false));
        }
        catch (Exception failed) when (!token.IsCancellationRequested && failed is HttpRequestException or IOException or OperationCanceledException)
        {
            answer = Of(failed, limit);
        }

        return answer with { Latency = Stopwatch.GetElapsedTime(started), Address = address.ToString() };
    }

    private static ApiAnswer Read(HttpStatusCode status, string body)
    {
        (bool? ok, string? cause, string? message) = Parse(body);
        return status switch
        {
            _ when ok == true => new ApiAnswer(ApiAnswerKind.Ok),
            _ when ok == false => new ApiAnswer(ApiAnswerKind.Fault, Cause: cause, Message: message ?? $"status {(int)status}"),
            HttpStatusCode.NotFound => new ApiAnswer(ApiAnswerKind.NoEndpoint, Message: $"the API has no {Page}"),
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => new ApiAnswer(ApiAnswerKind.Ok),
            _ => new ApiAnswer(ApiAnswerKind.Fault, Message: $"status {(int)status}"),
        };
    }

    private static (bool? Ok, string? Cause, string? Message) Parse(string body)
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
            // A page of another kind: its status says enough.
        }

        return (null, null, null);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

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
            }
        }

        return new ApiAnswer(ApiAnswerKind.Broken, Message: "the connection was closed without an answer");
    }
}
