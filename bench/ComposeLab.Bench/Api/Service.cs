using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ComposeLab.Bench.Api;

/// <summary>A service that answers on a free port of loopback until it is disposed.</summary>
internal sealed class Service : IDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(20);
    private readonly Process _process;

    private Service(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>How long after its start it answered with the database's word.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="command">Makes the command from the port it shall listen on.</param>
    /// <param name="databaseUrl">Its database.</param>
    /// <param name="token">Cancels the wait.</param>
    public static async Task<Service> StartAsync(Func<int, ProcessStartInfo> command, string databaseUrl, CancellationToken token)
    {
        var port = FreePort();
        var start = command(port);
        start.Environment["DATABASE_URL"] = databaseUrl;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var service = new Service(process, port);
        try
        {
            await service.ReadyAsync(token);
            service.ReadyAfter = Stopwatch.GetElapsedTime(began);
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ReadyAsync(CancellationToken token)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(ReadyLimit);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync($"http://127.0.0.1:{Port}/db-check", limit.Token);
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(5, limit.Token);
            }
        }
    }
}
