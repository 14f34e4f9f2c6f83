using System.Text.Json;

namespace ComposeLab.Api.Tests.Support;

/// <summary>Calls the API over a new connection each time, like a new caller.</summary>
internal sealed class ApiClient(int port) : IDisposable
{
    /// <summary>For a busy machine. The limits are checked with the times in the service's answers.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        Timeout = AnswerLimit,
    };

    /// <summary>Gets a page.</summary>
    /// <param name="path">Its path.</param>
    public async Task<ApiAnswer> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return new ApiAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Gets a page, or null while there is no answer.</summary>
    /// <param name="path">Its path.</param>
    public async Task<ApiAnswer?> TryGetAsync(string path)
    {
        try
        {
            return await GetAsync(path);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>The API's answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
internal sealed record ApiAnswer(int Status, string Body)
{
    /// <summary>The cause in the answer of a failed check.</summary>
    public string? Cause => Property("cause")?.GetString();

    /// <summary>A property of the JSON object, or null.</summary>
    /// <param name="name">Its name.</param>
    public JsonElement? Property(string name)
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.TryGetProperty(name, out var value) ? value.Clone() : null;
    }
}
