using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WindowsCheck;

/// <summary>Programs of a Windows machine that the module starts. A copy of this program under another name stands in for each.</summary>
internal static class StandIn
{
    /// <summary>Answers like a credential helper, and writes the name of the registry to the file of CHECK_HELPER_FILE.</summary>
    /// <returns>The exit code.</returns>
    public static int ForCredentialHelper()
    {
        string registry = Console.In.ReadToEnd();
        File.WriteAllText(Environment.GetEnvironmentVariable("CHECK_HELPER_FILE")!, registry);
        Console.Out.Write("""{"ServerURL":"","Username":"someone","Secret":"a-secret"}""");
        return 0;
    }

    /// <summary>Answers like ssh: a login, or a connection with the engine at the port of CHECK_ENGINE_PORT.</summary>
    /// <param name="command">The command for the other side.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ForSshAsync(string command)
    {
        await using Stream input = Console.OpenStandardInput();
        await using Stream output = Console.OpenStandardOutput();
        if (!command.EndsWith("dial-stdio", StringComparison.Ordinal))
        {
            await output.WriteAsync("composelab-ready\n"u8.ToArray()).ConfigureAwait(false);
            await input.CopyToAsync(Stream.Null).ConfigureAwait(false);
            return 0;
        }

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("CHECK_ENGINE_PORT")!, CultureInfo.InvariantCulture)).ConfigureAwait(false);
        await using var stream = new NetworkStream(socket);
        Task up = UpAsync(input, stream, socket);
        await stream.CopyToAsync(output).ConfigureAwait(false);
        return up.IsFaulted ? 1 : 0;
    }

    private static async Task UpAsync(Stream input, NetworkStream stream, Socket socket)
    {
        await input.CopyToAsync(stream).ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send);
    }
}
