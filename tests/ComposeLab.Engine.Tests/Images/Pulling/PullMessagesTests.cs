using ComposeLab.Engine.Images.Pulling;

namespace ComposeLab.Engine.Tests.Images.Pulling;

public sealed class PullMessagesTests
{
    [Theory]
    [InlineData("Get \"http://127.0.0.1:5000/v2/\": http: server closed idle connection")]
    [InlineData("Get \"http://127.0.0.1:5000/v2/\": EOF")]
    [InlineData("Get \"http://127.0.0.1:5000/v2/\": read tcp 127.0.0.1:40000->127.0.0.1:5000: read: connection reset by peer")]
    [InlineData("Get \"http://127.0.0.1:5000/v2/\": read tcp 127.0.0.1:40000->127.0.0.1:5000: use of closed network connection")]
    [InlineData("Get \"http://127.0.0.1:5000/v2/\": net/http: HTTP/1.x transport connection broken: malformed HTTP response")]
    [InlineData("Get \"https://registry.example/v2/\": http2: client connection lost")]
    [InlineData("Get \"https://registry.example/v2/\": http2: server sent GOAWAY and closed the connection; LastStreamID=1")]
    [InlineData("Get \"https://registry.example/v2/\": stream error: stream ID 1; INTERNAL_ERROR; received from peer")]
    [InlineData("Get \"https://registry.example/v2/\": dial tcp 192.0.2.1:443: connect: host is down")]
    [InlineData("Get \"https://registry.example/v2/\": dial tcp: lookup registry.example: Temporary failure in name resolution")]
    [InlineData("Get \"https://registry.example/v2/\": net/http: TLS handshake timeout")]
    [InlineData("received unexpected HTTP status: 503 Service Unavailable")]
    public void An_interrupted_connection_is_worth_another_attempt(string words)
    {
        Assert.Equal(PullFault.Unreachable, PullMessages.Of(words));
        Assert.True(PullMessages.IsTransient(words));
    }

    [Theory]
    [InlineData("Get \"https://registry.example/v2/\": dial tcp: lookup registry.example: no such host")]
    [InlineData("Get \"https://registry.example/v2/\": x509: certificate signed by unknown authority")]
    [InlineData("Get \"https://127.0.0.1:5000/v2/\": http: server gave HTTP response to HTTPS client")]
    public void A_registry_that_cannot_answer_this_client_is_not_asked_again(string words)
    {
        Assert.Equal(PullFault.Unreachable, PullMessages.Of(words));
        Assert.False(PullMessages.IsTransient(words));
    }

    [Theory]
    [InlineData("manifest for app:1 not found: manifest unknown: manifest unknown")]
    [InlineData("pull access denied for app, repository does not exist or may require 'docker login': denied")]
    [InlineData("no matching manifest for linux/arm64 in the manifest list entries")]
    public void A_final_answer_of_the_registry_is_not_asked_again(string words) => Assert.False(PullMessages.IsTransient(words));
}
