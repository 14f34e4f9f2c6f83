using System.Net;
using System.Net.Sockets;
using System.Text;
using ComposeLab.Database.Probing;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>What a service answers to /db-check, and servers that never finish an answer.</summary>
public sealed class ApiProbeTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    public ApiProbeTests() => _listener.Start();

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Ty")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ok\"\r\n")]
    public async Task A_service_that_accepts_and_does_not_finish_its_answer_is_Silent_at_the_limit(string begin)
    {
        Task serving = ServeAsync(begin, closes: false);

        ApiAnswer answer = await AskAsync(TimeSpan.FromMilliseconds(200));

        Assert.Equal(ApiAnswerKind.Silent, answer.Kind);
        Assert.NotNull(answer.Latency);
        await EndAsync(serving);
    }

    [Theory]
    [InlineData(Ok + "\r\n{\"ok\":true}", "Ok")]
    [InlineData(Ok + "Content-Type: application/json; charset=no-such-charset\r\n\r\n{\"ok\":true}", "Ok")]
    [InlineData("HTTP/1.1 503 Unavailable\r\nContent-Length: 12\r\n\r\n{\"ok\":false}", "Fault")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "NoEndpoint")]
    [InlineData(Ok + "\r\n[true,true]", "NoEndpoint")]
    [InlineData(Ok + "\r\n{\"ok\":null}", "NoEndpoint")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "NoEndpoint")]
    [InlineData("", "Refused")]
    public async Task Only_JSON_with_ok_is_an_answer(string text, string kind)
    {
        Task serving = ServeAsync(text, closes: true);

        Assert.Equal(kind, (await AskAsync(TimeSpan.FromSeconds(30))).Kind.ToString());
        await EndAsync(serving);
    }

    [Fact]
    public async Task A_page_without_end_is_not_read_to_its_end()
    {
        Task serving = ServeAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", closes: false, repeats: new string('x', 65536));

        Assert.Equal(ApiAnswerKind.NoEndpoint, (await AskAsync(TimeSpan.FromSeconds(30))).Kind);
        await EndAsync(serving);
    }

    [Fact]
    public async Task Nothing_that_listens_is_Refused()
    {
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _listener.Stop();

        Assert.Equal(ApiAnswerKind.Refused, (await ApiProbe.AskAsync("127.0.0.1", port, TimeSpan.FromSeconds(30), CancellationToken.None)).Kind);
    }

    private Task<ApiAnswer> AskAsync(TimeSpan limit) =>
        ApiProbe.AskAsync("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, limit, CancellationToken.None);

    private async Task ServeAsync(string text, bool closes, string repeats = "")
    {
        // A client tries again if a connection is closed without an answer.
        while (true)
        {
            using Socket caller = await _listener.AcceptSocketAsync(_end.Token);
            await caller.ReceiveAsync(new byte[4096], _end.Token);
            await caller.SendAsync(Encoding.ASCII.GetBytes(text), _end.Token);
            try
            {
                while (repeats.Length > 0)
                {
                    await caller.SendAsync(Encoding.ASCII.GetBytes(repeats), _end.Token);
                }
            }
            catch (SocketException)
            {
                // The client has read enough.
            }

            if (!closes)
            {
                await Task.Delay(Timeout.Infinite, _end.Token);
            }
        }
    }

    private async Task EndAsync(Task serving)
    {
        await _end.CancelAsync();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
