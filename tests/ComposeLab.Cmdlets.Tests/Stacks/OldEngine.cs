using System.Net.Sockets;
using System.Text;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>A socket at which something answers as an engine of a given API version would; an engine that old cannot be had any more.</summary>
internal sealed class OldEngine : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public OldEngine(string version, string api)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_folder.At("docker.sock")));
        _listener.Listen();
        string body = $$"""{"Version":"{{version}}","ApiVersion":"{{api}}","MinAPIVersion":"1.12","Os":"linux","Arch":"amd64"}""";
        _ = Task.Run(() => AnswerAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}")));
    }

    public string Host => "unix://" + _folder.At("docker.sock");

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    private async Task AnswerAsync(byte[] answer)
    {
        var request = new byte[4096];
        try
        {
            while (true)
            {
                using Socket caller = await _listener.AcceptAsync();
                _ = await caller.ReceiveAsync(request);
                _ = await caller.SendAsync(answer);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
