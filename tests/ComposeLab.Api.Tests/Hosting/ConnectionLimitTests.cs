using System.Net;
using System.Net.Sockets;
using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Hosting;

[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class ConnectionLimitTests(ProdLab lab)
{
    // Twice the service's own limit: the second half has to push out the first.
    private const int HalfSentRequests = 2000;
    private const long ContainerLimit = 128L * 1024 * 1024;

    [Fact]
    public async Task Callers_are_answered_while_thousands_of_connections_send_half_a_request()
    {
        await using var api = await ExtraApi.StartAsync(lab);
        await api.ReadyAsync();
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < HalfSentRequests; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, api.Port));
                await socket.SendAsync("GET / HTTP/1.1\r\nHost: x\r\nX: "u8.ToArray());
            }

            using var other = new ApiClient(api.Port);
            Assert.Equal(200, (await other.GetAsync("/healthz")).Status);
            Assert.InRange(await ContainerMemory.ReadAsync(lab, api.Name), 1, ContainerLimit);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        Assert.Equal(200, (await api.Api!.GetAsync("/healthz")).Status);
    }

    [Fact]
    public async Task A_too_large_body_is_rejected()
    {
        await using var api = await ExtraApi.StartAsync(lab);
        await api.ReadyAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{api.Port}") };

        using var answer = await client.PostAsync("/", new ByteArrayContent(new byte[200_000]));

        Assert.True(answer.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.RequestEntityTooLarge, answer.StatusCode.ToString());
    }
}
