using System.Net.Sockets;
using System.Text;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>A server that identifies itself as an engine and then stops answering, like a hanging engine. A real one cannot do this on demand.</summary>
internal sealed class SilentEngine : IAsyncDisposable
{
    private const string Version = """{"ApiVersion":"1.41","Version":"20.10.24","Os":"linux","Arch":"amd64"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-silent-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _open = [];
    private readonly Task _serving;

    /// <summary>Starts to listen.</summary>
    public SilentEngine()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, "docker.sock")));
        _listener.Listen();
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Host => $"unix://{_folder.FullName}/docker.sock";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
        _open.ForEach(socket => socket.Dispose());
        _folder.Delete(recursive: true);
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[8192];
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync();
                _open.Add(socket);
                int read = await socket.ReceiveAsync(buffer);
                if (Encoding.ASCII.GetString(buffer, 0, read).Contains("/version ", StringComparison.Ordinal))
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Version.Length}\r\nConnection: close\r\n\r\n{Version}"));
                    socket.Shutdown(SocketShutdown.Send);
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
