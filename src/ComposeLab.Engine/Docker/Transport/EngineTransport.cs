using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Docker.DotNet.Handler.Abstractions;
using Microsoft.Net.Http.Client;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// The layer between the client library and the engine. It limits every answer, rejects redirects, moves a MAC address to where older engines expect it, and sends
/// calls with raw answers that the client library does not provide.
/// </summary>
/// <param name="endpoint">The address of the engine.</param>
/// <param name="api">The negotiated API version; null before the negotiation.</param>
internal sealed class EngineTransport(EngineEndpoint endpoint, Version? api) : IAuthProvider, IDisposable
{
    private readonly Lazy<HttpMessageInvoker> _socket = new(() => new HttpMessageInvoker(new BoundingHandler(SocketHandler(endpoint), movesMacAddress: false)));
    private HttpMessageInvoker? _invoker;
    private X509Certificate2? _certificate;

    /// <inheritdoc/>
    public bool TlsEnabled => endpoint.Tls is not null;

    /// <summary>Why the engine's certificate was rejected, as a clause; null if it was not.</summary>
    public string? Distrust { get; private set; }

    /// <summary>Whether the engine's certificate was accepted.</summary>
    public bool HasTrusted { get; private set; }

    /// <inheritdoc/>
    public HttpMessageHandler ConfigureHandler(HttpMessageHandler handler)
    {
        if (endpoint.Tls is { } tls && handler is ManagedHandler managed)
        {
            managed.ServerCertificateValidationCallback = (_, certificate, chain, errors) => HasTrusted = (Distrust = tls.Problem(endpoint.Address.Host, certificate, chain, errors)) is null;
            if ((_certificate = tls.ReadCertificate()) is { } identity)
            {
                managed.ClientCertificates = [identity];
            }
        }

        // The library accepts a handler around every transport only in the place for authentication.
        var own = new BoundingHandler(handler, movesMacAddress: api is not null && api < EngineInfo.AllNetworksApi);
        _invoker = new HttpMessageInvoker(own, disposeHandler: false);
        return own;
    }

    /// <summary>Sends a GET request and returns when the headers of the answer have arrived.</summary>
    /// <param name="pathAndQuery">The path below the API version, with its query.</param>
    /// <param name="token">Cancels the call.</param>
    /// <param name="registryCredential">The credential that the engine uses for a registry, encoded for the header; null for none.</param>
    /// <returns>The answer; the caller disposes it. Its status may be an error.</returns>
    public Task<HttpResponseMessage> GetAsync(string pathAndQuery, CancellationToken token, string? registryCredential = null) =>
        SendAsync(HttpMethod.Get, pathAndQuery, null, token, registryCredential);

    /// <summary>Sends a POST request without content.</summary>
    /// <param name="pathAndQuery">The path below the API version, with its query.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The answer; the caller disposes it. Its status may be an error.</returns>
    public Task<HttpResponseMessage> PostAsync(string pathAndQuery, CancellationToken token) =>
        SendAsync(HttpMethod.Post, pathAndQuery, null, token, null);

    /// <summary>Sends a request and returns when the headers of the answer have arrived.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathAndQuery">The path below the API version, with its query.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="token">Cancels the call.</param>
    /// <param name="registryCredential">The credential that the engine uses for a registry, encoded for the header; null for none.</param>
    /// <returns>The answer; the caller disposes it. Its status may be an error.</returns>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string pathAndQuery, HttpContent? body, CancellationToken token, string? registryCredential)
    {
        HttpRequestMessage request = Request(pathAndQuery, method);
        request.Content = body;
        if (registryCredential is not null)
        {
            request.Headers.Add("X-Registry-Auth", registryCredential);
        }

        return (PathOf(endpoint) is not null ? _socket.Value : _invoker!).SendAsync(request, token);
    }

    /// <summary>Creates a request.</summary>
    /// <param name="pathAndQuery">The path below the API version, with its query.</param>
    /// <param name="method">The method; null for GET.</param>
    /// <returns>The request.</returns>
    public HttpRequestMessage Request(string pathAndQuery, HttpMethod? method = null)
    {
        Uri root = endpoint.IsLocal ? new Uri("http://engine") : new UriBuilder(endpoint.Address) { Scheme = TlsEnabled ? "https" : "http" }.Uri;
        return new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(root, $"/v{api}/{pathAndQuery}")) { Version = HttpVersion.Version11 };
    }

    /// <summary>Opens a connection for one answer that is read on the calling thread.</summary>
    /// <returns>The connection; the caller disposes it. Null if this engine is not at a Unix socket.</returns>
    public BlockingConnection? ConnectBlocking() => PathOf(endpoint) is { } path
        ? new BlockingConnection(path, handler => new BoundingHandler(handler, movesMacAddress: false))
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _invoker?.Dispose();
        _certificate?.Dispose();
        if (_socket.IsValueCreated)
        {
            _socket.Value.Dispose();
        }
    }

    private static string? PathOf(EngineEndpoint endpoint) => endpoint.Address.Scheme == "unix" ? Uri.UnescapeDataString(endpoint.Address.AbsolutePath) : null;

    // The client library's reader asks the system several times for each line of a log, which costs more than the line.
    private static SocketsHttpHandler SocketHandler(EngineEndpoint endpoint) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseDrainSize = 0,
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(PathOf(endpoint)!), token).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private sealed class BoundingHandler(HttpMessageHandler inner, bool movesMacAddress) : DelegatingHandler(inner)
    {
        private const string MacAddress = "MacAddress";

        /// <inheritdoc/>
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string path = request.RequestUri?.AbsolutePath ?? "";
            if (movesMacAddress && request.Content is { } content && path.EndsWith("/containers/create", StringComparison.Ordinal))
            {
                byte[] body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
                request.Content = new ByteArrayContent(Move(body));
                request.Content.Headers.ContentType = content.Headers.ContentType;
            }

            return await BoundAsync(path, await base.SendAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        /// <inheritdoc/>
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            BoundAsync(request.RequestUri?.AbsolutePath ?? "", base.Send(request, cancellationToken), cancellationToken).GetAwaiter().GetResult();

        private static async Task<HttpResponseMessage> BoundAsync(string path, HttpResponseMessage answer, CancellationToken token)
        {
            int status = (int)answer.StatusCode;
            if (status is >= 300 and < 400 and not 304)
            {
                answer.Dispose();
                throw new InvalidDataException($"it answered with a redirect ({status})");
            }

            if (status >= 400)
            {
                answer.Content = await AnswerBounds.ErrorAsync(answer.Content, token).ConfigureAwait(false);
            }
            else if (AnswerBounds.Of(path) is { } bound)
            {
                answer.Content = new BoundedContent(answer.Content, bound);
            }

            return answer;
        }

        private static byte[] Move(byte[] body)
        {
            if (JsonNode.Parse(body) is not JsonObject container || container["NetworkingConfig"]?["EndpointsConfig"] is not JsonObject networks)
            {
                return body;
            }

            string? address = networks.Select(network => network.Value?[MacAddress]?.GetValue<string>()).FirstOrDefault(found => !string.IsNullOrEmpty(found));
            if (address is null)
            {
                return body;
            }

            container[MacAddress] = address;
            return System.Text.Encoding.UTF8.GetBytes(container.ToJsonString());
        }
    }
}
