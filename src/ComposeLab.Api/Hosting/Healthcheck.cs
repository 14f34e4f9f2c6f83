using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComposeLab.Api.Hosting;

/// <summary>
/// The container's own health probe, <c>api --healthcheck</c>: sends a request for <c>/healthz</c> to the running service. The image needs no shell and no
/// HTTP tool for it. A plain socket instead of an HTTP client keeps the native program small and the probe at a few milliseconds.
/// </summary>
internal static class Healthcheck
{
    private const int DefaultPort = 8000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Probes the service on loopback, at the first port of <c>ASPNETCORE_HTTP_PORTS</c>, or at 8000.</summary>
    /// <returns>0 if the service answers with status 200 within two seconds; otherwise 1, with the reason on standard error.</returns>
    public static async Task<int> RunAsync()
    {
        if (await FindFaultAsync(CancellationToken.None) is not { } fault)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync(fault);
        return 1;
    }

    /// <summary>Probes the service once.</summary>
    /// <param name="token">Cancels the probe.</param>
    /// <returns>Null when the service answered with status 200 within two seconds; otherwise a description of the failure.</returns>
    /// <exception cref="OperationCanceledException">The token ended the probe.</exception>
    public static async Task<string?> FindFaultAsync(CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        try
        {
            var status = await RequestAsync(Port(), limit.Token);
            return status.Contains(" 200 ", StringComparison.Ordinal) ? null : $"/healthz answered: {status}";
        }
        catch (SocketException fault)
        {
            return $"/healthz cannot be reached: {fault.SocketErrorCode}";
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return $"/healthz did not answer within {Limit.TotalSeconds:0} s";
        }
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
