using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images.Credentials;

namespace ComposeLab.Engine.Registries;

/// <summary>Reads and writes the small parts of artifacts in a registry, with the docker client's credentials. Content is checked against its digest.</summary>
/// <param name="environment">The OS environment; it contains the location of the docker client's credentials.</param>
internal sealed partial class RegistryClient(IReadOnlyDictionary<string, string> environment) : IDisposable
{
    /// <summary>The maximum size of a part, in bytes.</summary>
    public const int LargestPart = 4 * 1024 * 1024;

    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), MaxAutomaticRedirections = 5 })
    {
        Timeout = RequestLimit,
        MaxResponseContentBufferSize = LargestPart,
    };

    private readonly Dictionary<string, AuthenticationHeaderValue> _logins = new(StringComparer.Ordinal);

    /// <summary>The digest of content.</summary>
    /// <param name="content">The content.</param>
    /// <returns>The digest, including <c>sha256:</c>.</returns>
    public static string DigestOf(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Reads a manifest.</summary>
    /// <param name="reference">The artifact.</param>
    /// <param name="mediaTypes">The kinds of manifests to accept.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The manifest and its digest.</returns>
    /// <exception cref="EngineException">RegistryFailed.</exception>
    public async Task<(byte[] Content, string Digest)> ReadManifestAsync(RegistryReference reference, IReadOnlyList<string> mediaTypes, CancellationToken token)
    {
        byte[] content = await ReadAsync(reference, $"manifests/{reference.Version}", mediaTypes, token).ConfigureAwait(false);
        string digest = DigestOf(content);
        return reference.Digest is null || reference.Digest == digest ? (content, digest) : throw Tampered(reference, reference.Digest, digest);
    }

    /// <summary>Reads a part of an artifact.</summary>
    /// <param name="reference">The artifact.</param>
    /// <param name="digest">The part's digest.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The content.</returns>
    /// <exception cref="EngineException">RegistryFailed.</exception>
    public async Task<byte[]> ReadBlobAsync(RegistryReference reference, string digest, CancellationToken token)
    {
        byte[] content = await ReadAsync(reference, $"blobs/{digest}", [], token).ConfigureAwait(false);
        return DigestOf(content) is var found && found == digest ? content : throw Tampered(reference, digest, found);
    }

    /// <summary>Writes a part of an artifact, unless the registry has it.</summary>
    /// <param name="reference">The artifact.</param>
    /// <param name="content">The content.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="EngineException">RegistryFailed.</exception>
    public async Task<string> WriteBlobAsync(RegistryReference reference, byte[] content, CancellationToken token)
    {
        string digest = DigestOf(content);
        using (HttpResponseMessage known = await SendAsync(reference, () => new HttpRequestMessage(HttpMethod.Head, reference.At($"blobs/{digest}")), token).ConfigureAwait(false))
        {
            if (known.IsSuccessStatusCode)
            {
                return digest;
            }
        }

        using HttpResponseMessage begun = await SendAsync(reference, () => new HttpRequestMessage(HttpMethod.Post, reference.At("blobs/uploads/")), token).ConfigureAwait(false);
        if (!begun.IsSuccessStatusCode || begun.Headers.Location is not { } place)
        {
            throw await RefusedAsync(reference, begun, token).ConfigureAwait(false);
        }

        Uri upload = new(reference.At("blobs/uploads/"), place);
        var target = new UriBuilder(upload) { Query = $"{upload.Query.TrimStart('?')}{(upload.Query.Length > 1 ? "&" : "")}digest={Uri.EscapeDataString(digest)}" };
        using HttpResponseMessage written = await SendAsync(
            reference, () => new HttpRequestMessage(HttpMethod.Put, target.Uri) { Content = Bytes(content, "application/octet-stream") }, token).ConfigureAwait(false);
        return written.IsSuccessStatusCode ? digest : throw await RefusedAsync(reference, written, token).ConfigureAwait(false);
    }

    /// <summary>Writes a manifest, under the tag of the artifact if it has one.</summary>
    /// <param name="reference">The artifact.</param>
    /// <param name="content">The manifest.</param>
    /// <param name="mediaType">Its kind.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The status: a registry that does not know the kind answers 4xx.</returns>
    /// <exception cref="EngineException">RegistryFailed: it does not answer, or refuses this user.</exception>
    public async Task<(HttpStatusCode Status, EngineException? Fault)> WriteManifestAsync(RegistryReference reference, byte[] content, string mediaType, CancellationToken token)
    {
        string version = reference.Tag ?? DigestOf(content);
        using HttpResponseMessage answer = await SendAsync(
            reference, () => new HttpRequestMessage(HttpMethod.Put, reference.At($"manifests/{version}")) { Content = Bytes(content, mediaType) }, token).ConfigureAwait(false);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : await RefusedAsync(reference, answer, token).ConfigureAwait(false));
    }

    private static ByteArrayContent Bytes(byte[] content, string mediaType) => new(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private static EngineException Tampered(RegistryReference reference, string expected, string found) => Fault(
        reference, $"expected content with the digest {expected}, found {found}", "Do not use this artifact: the registry or a proxy on the way changes it");

    private static EngineException Fault(RegistryReference reference, string why, string recommendation, Exception? inner = null) =>
        new(EngineErrorId.RegistryFailed, $"The registry {reference.Host} failed for {reference}: {why}.", recommendation, inner);

    private async Task<byte[]> ReadAsync(RegistryReference reference, string path, IReadOnlyList<string> mediaTypes, CancellationToken token)
    {
        using HttpResponseMessage answer = await SendAsync(
            reference,
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, reference.At(path));
                foreach (string mediaType in mediaTypes)
                {
                    request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
                }

                return request;
            },
            token).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false) : throw await RefusedAsync(reference, answer, token).ConfigureAwait(false);
    }

    // A request can be sent only once, so it is made again after a login.
    private async Task<HttpResponseMessage> SendAsync(RegistryReference reference, Func<HttpRequestMessage> request, CancellationToken token)
    {
        HttpResponseMessage answer = await TryAsync(reference, request, token).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || answer.Headers.WwwAuthenticate.Count == 0)
        {
            return answer;
        }

        AuthenticationHeaderValue[] offers = [.. answer.Headers.WwwAuthenticate];
        answer.Dispose();
        _logins[reference.Host] = await LogInAsync(reference, offers, token).ConfigureAwait(false);
        return await TryAsync(reference, request, token).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> TryAsync(RegistryReference reference, Func<HttpRequestMessage> request, CancellationToken token, bool isForRegistry = true)
    {
        using HttpRequestMessage message = request();
        // An upload may continue on another host, which must not get the login. A login service, which can be on the same host, has one of its own.
        if (isForRegistry && message.RequestUri!.Authority == reference.At("").Authority)
        {
            message.Headers.Authorization = _logins.GetValueOrDefault(reference.Host);
        }

        try
        {
            return await _http.SendAsync(message, token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !token.IsCancellationRequested))
        {
            throw Fault(
                reference,
                fault is OperationCanceledException ? $"it did not answer within {RequestLimit.TotalSeconds:0} seconds" : (fault.InnerException ?? fault).Message.TrimEnd('.'),
                "Check the name of the registry and the connection to it",
                fault);
        }
    }

    private async Task<AuthenticationHeaderValue> LogInAsync(RegistryReference reference, AuthenticationHeaderValue[] offers, CancellationToken token)
    {
        RegistryCredential? credential = await DockerConfigFile.Read(environment).FindAsync(reference.CredentialName, token).ConfigureAwait(false);
        AuthenticationHeaderValue? basic = credential is { UserName: { } user, Password: { } password }
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")))
            : null;
        if (offers.FirstOrDefault(offer => offer.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter is { } parameter)
        {
            return await TokenAsync(reference, parameter, basic, credential?.IdentityToken, token).ConfigureAwait(false);
        }

        return basic ?? throw Fault(reference, "it requires a login", $"Sign in: docker login {reference.Host}");
    }

    private async Task<AuthenticationHeaderValue> TokenAsync(
        RegistryReference reference, string challenge, AuthenticationHeaderValue? basic, string? identityToken, CancellationToken token)
    {
        Dictionary<string, string> fields = Field().Matches(challenge).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(fields.GetValueOrDefault("realm"), UriKind.Absolute, out Uri? realm) || (realm.Scheme != Uri.UriSchemeHttps && !reference.IsLocal))
        {
            throw Fault(reference, "the address of its login service is not valid", "Check the name of the registry");
        }

        string service = fields.GetValueOrDefault("service") ?? "";
        string scope = fields.GetValueOrDefault("scope") ?? $"repository:{reference.Repository}:pull";
        using HttpResponseMessage answer = await TryAsync(
            reference,
            () => identityToken is null
                ? new HttpRequestMessage(HttpMethod.Get, $"{realm}{(realm.Query.Length > 0 ? "&" : "?")}service={Uri.EscapeDataString(service)}&scope={Uri.EscapeDataString(scope)}")
                {
                    Headers = { Authorization = basic },
                }
                : new HttpRequestMessage(HttpMethod.Post, realm)
                {
                    Content = new FormUrlEncodedContent(new Dictionary<string, string>
                    {
                        ["grant_type"] = "refresh_token",
                        ["refresh_token"] = identityToken,
                        ["service"] = service,
                        ["scope"] = scope,
                        ["client_id"] = "composelab",
                    }),
                },
            token,
            isForRegistry: false).ConfigureAwait(false);
        string text = await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false);
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.IsSuccessStatusCode ? text : "{}");
            foreach (string name in (string[])["token", "access_token"])
            {
                if (document.RootElement.TryGetProperty(name, out JsonElement given) && given.GetString() is { Length: > 0 } bearer)
                {
                    return new AuthenticationHeaderValue("Bearer", bearer);
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The answer may contain a token, so it is not shown.
        }

        throw Fault(reference, $"its login service refuses this user ({(int)answer.StatusCode})", $"Sign in: docker login {reference.Host}");
    }

    private static async Task<EngineException> RefusedAsync(RegistryReference reference, HttpResponseMessage answer, CancellationToken token)
    {
        string words = "";
        try
        {
            using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false));
            if (document.RootElement.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0
                && errors[0].TryGetProperty("message", out JsonElement message) && message.GetString() is { Length: > 0 } text)
            {
                words = ": " + text.TrimEnd('.');
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Proxies answer with pages.
        }

        string why = $"it answered {((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)}{words}";
        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => Fault(reference, why, "Check the name and the tag"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Fault(reference, why, $"Sign in with a user that has access: docker login {reference.Host}"),
            _ => Fault(reference, why, "Check the log of the registry"),
        };
    }

    [GeneratedRegex("(?<name>[a-z_]+)=\"(?<value>[^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();
}
