using System.Globalization;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace WindowsCheck;

/// <summary>
/// The way from a named pipe of Windows to the engine of this machine. Programs under Wine cannot open its socket, so the pipe leads to a port, and a second
/// relay outside of Wine leads from the port to the socket.
/// </summary>
internal static class Relays
{
    private const int BufferSize = 65536;

    /// <summary>Serves a pipe like Docker on Windows does, in message mode: an empty message closes the direction that it is sent in.</summary>
    /// <param name="name">The name of the pipe, without its folder.</param>
    /// <param name="port">The port on the loopback interface that every connection leads to.</param>
    /// <returns>Never completes.</returns>
    [SupportedOSPlatform("windows")]
    public static async Task FromPipeAsync(string name, int port)
    {
        while (true)
        {
            var pipe = new NamedPipeServerStream(
                name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Message, PipeOptions.Asynchronous, BufferSize, BufferSize);
            await pipe.WaitForConnectionAsync().ConfigureAwait(false);
            _ = ServeAsync(pipe, async socket => await socket.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false), new Socket(SocketType.Stream, ProtocolType.Tcp));
        }
    }

    /// <summary>Serves a free port on the loopback interface.</summary>
    /// <param name="file">The file that receives the port.</param>
    /// <param name="path">The Unix socket that every connection leads to.</param>
    /// <returns>Never completes.</returns>
    public static async Task FromPortAsync(string file, string path)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await File.WriteAllTextAsync(file, ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);
        while (true)
        {
            TcpClient client = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
            _ = ServeAsync(
                client.GetStream(),
                async socket => await socket.ConnectAsync(new UnixDomainSocketEndPoint(path)).ConfigureAwait(false),
                new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
        }
    }

    private static async Task ServeAsync(Stream client, Func<Socket, Task> connect, Socket socket)
    {
        using Stream near = client;
        using Socket far = socket;
        try
        {
            await connect(far).ConfigureAwait(false);
            await using var stream = new NetworkStream(far);
            Task up = UpAsync(near, far, stream);
            await stream.CopyToAsync(near).ConfigureAwait(false);
            if (near is NetworkStream { Socket: { } socketOfClient })
            {
                socketOfClient.Shutdown(SocketShutdown.Send);
                await up.ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // The other side sees the end of its connection.
        }
    }

    private static async Task UpAsync(Stream from, Socket to, NetworkStream stream)
    {
        try
        {
            var buffer = new byte[BufferSize];
            while (true)
            {
                int count = await from.ReadAsync(buffer).ConfigureAwait(false);
                if (count > 0)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
                    continue;
                }

                to.Shutdown(SocketShutdown.Send);
                if (from is not PipeStream { IsConnected: true })
                {
                    return;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // The other direction ends the connection.
        }
    }
}
