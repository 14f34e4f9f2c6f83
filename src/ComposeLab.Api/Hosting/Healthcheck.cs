using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComposeLab.Api.Hosting;

/// <summary>
/// The container's own health probe, <c>api --healthcheck</c>: asks the running service for <c>/healthz</c>. The image needs no shell and no
/// HTTP tool for it. A plain socket instead of an HTTP client keeps the native program small and the probe at a few milliseconds.
/// </summary>
internal static class Healthcheck
{
    private const int DefaultPort = 8000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Probes the service on loopback, at the first port of <c>ASPNETCORE_HTTP_PORTS</c>, else 8000.</summary>
    /// <returns>0 when the service answers with status 200 within two seconds; else 1, with the reason on standard error.</returns>
    public static async Task<int> RunAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            var status = await RequestAsync(Port(), limit.Token);
            if (status.Contains(" 200 ", StringComparison.Ordinal))
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"/healthz answered: {status}");
        }
        catch (SocketException fault)
        {
            await Console.Error.WriteLineAsync($"/healthz cannot be reached: {fault.SocketErrorCode}");
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"/healthz did not answer within {Limit.TotalSeconds:0} s");
        }

        return 1;
    }

    private static async Task<string> RequestAsync(int port, CancellationToken token)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), token);
        await socket.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), token);
        var answer = new byte[64];
        var length = await socket.ReceiveAsync(answer, token);
        return Encoding.ASCII.GetString(answer, 0, length).Split('\r')[0];
    }

    private static int Port()
    {
        var ports = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS") ?? string.Empty;
        return int.TryParse(ports.Split(';')[0], out var port) ? port : DefaultPort;
    }
}
