using System.Text.Json.Nodes;
using Docker.DotNet.Handler.Abstractions;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// Says a MAC address where engines before API 1.44 look for it: beside the container, not in its network. The client library has only the newer place.
/// </summary>
internal sealed class MacAddressHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Key = "MacAddress";

    /// <summary>Puts the handler between the client library and the engine.</summary>
    public static IAuthProvider Provider { get; } = new Between();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request is { Content: { } content, RequestUri: { } address } && address.ToString().Contains("/containers/create", StringComparison.Ordinal))
        {
            byte[] body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            request.Content = new ByteArrayContent(Move(body));
            request.Content.Headers.ContentType = content.Headers.ContentType;
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Move(byte[] body)
    {
        if (JsonNode.Parse(body) is not JsonObject container || container["NetworkingConfig"]?["EndpointsConfig"] is not JsonObject networks)
        {
            return body;
        }

        string? address = networks.Select(network => network.Value?[Key]?.GetValue<string>()).FirstOrDefault(found => !string.IsNullOrEmpty(found));
        if (address is null)
        {
            return body;
        }

        container[Key] = address;
        return System.Text.Encoding.UTF8.GetBytes(container.ToJsonString());
    }

    // The library's one place for a handler around every transport is the one that authenticates.
    private sealed class Between : IAuthProvider
    {
        public bool TlsEnabled => false;

        public HttpMessageHandler ConfigureHandler(HttpMessageHandler handler) => new MacAddressHandler(handler);
    }
}
