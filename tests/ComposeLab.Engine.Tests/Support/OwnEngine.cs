using System.Diagnostics;
using System.Runtime.CompilerServices;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>An engine that a test may end as it likes. It has its own files and its own network namespace, and goes with the test.</summary>
internal sealed class OwnEngine : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("composelab-own-");
    private readonly Process _keeper;

    private OwnEngine()
    {
        string support = SupportFolder();
        string lab = Path.GetFullPath(Path.Combine(support, "..", "..", "..", "lab"));
        var start = new ProcessStartInfo("unshare", ["--net", "sh", Path.Combine(support, "own-engine.sh"), lab])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["COMPOSELAB_ENGINE_ROOT"] = _root.FullName;
        start.Environment.Remove("DOCKER_HOST");
        _keeper = Process.Start(start) ?? throw new InvalidOperationException("unshare cannot be run.");
    }

    /// <summary>Starts an engine that has the tests' image.</summary>
    public static async Task<OwnEngine> StartAsync()
    {
        var own = new OwnEngine();
        try
        {
            await own.TellAsync("start", "started");
            using IEngine engine = await own.ConnectAsync();
            await EngineFixture.GiveImageAsync(engine);
            return own;
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>The path of its socket.</summary>
    public string Socket => $"{_root.FullName}/var/run/docker.sock";

    /// <summary>Makes it a swarm of one node.</summary>
    public async Task InitializeSwarmAsync()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
                await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(Socket), token);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        using var body = new StringContent("""{"ListenAddr":"127.0.0.1:2377","AdvertiseAddr":"127.0.0.1:2377"}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri("http://engine/swarm/init"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Connects to it.</summary>
    public Task<IEngine> ConnectAsync() => EngineConnection.ConnectAsync(
        EngineEndpoint.Resolve(new Dictionary<string, string>(), "unix://" + Socket), CancellationToken.None);

    /// <summary>Ends it as a crash would.</summary>
    public Task KillAsync() => TellAsync("kill", "killed");

    /// <summary>Starts it again.</summary>
    public Task StartAgainAsync() => TellAsync("start", "started");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
        _root.Delete(recursive: true);
    }

    private async Task TellAsync(string command, string answer)
    {
        await _keeper.StandardInput.WriteLineAsync(command);
        await _keeper.StandardInput.FlushAsync();
        Assert.Equal(answer, await _keeper.StandardOutput.ReadLineAsync());
    }

    private static string SupportFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
