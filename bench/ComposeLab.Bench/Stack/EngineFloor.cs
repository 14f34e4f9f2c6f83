using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Stack;

/// <summary>The floor under every tool: the calls of a start and of a removal, sent to the engine directly and in parallel, with nothing else.</summary>
internal sealed class EngineFloor : IDisposable
{
    private const string Socket = "/var/run/docker.sock";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://engine/"), Timeout = TimeSpan.FromMinutes(2) };

    private readonly string _name = $"bench-floor-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Whether an engine listens on this machine.</summary>
    /// <exception cref="BenchmarkUnavailableException">It does not.</exception>
    public static void Require()
    {
        if (!File.Exists(Socket))
        {
            throw new BenchmarkUnavailableException($"no engine listens on {Socket}");
        }
    }

    /// <summary>Creates a network, and creates and starts containers in it.</summary>
    /// <param name="containers">How many.</param>
    /// <param name="image">Their image, which has a shell.</param>
    /// <param name="token">Cancels it.</param>
    public async Task StartAsync(int containers, string image, CancellationToken token)
    {
        await SendAsync(HttpMethod.Post, "networks/create", new JsonObject { ["Name"] = _name }, token).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(1, containers).Select(async number =>
        {
            var body = new JsonObject
            {
                ["Image"] = image,
                ["Entrypoint"] = new JsonArray("sh", "-c", "trap 'exit 0' TERM INT; while :; do sleep 1 & wait $!; done"),
                ["HostConfig"] = new JsonObject { ["NetworkMode"] = _name },
            };
            await SendAsync(HttpMethod.Post, $"containers/create?name={_name}-{number}", body, token).ConfigureAwait(false);
            await SendAsync(HttpMethod.Post, $"containers/{_name}-{number}/start", null, token).ConfigureAwait(false);
        })).ConfigureAwait(false);
    }

    /// <summary>Stops and removes them.</summary>
    /// <param name="containers">How many.</param>
    /// <param name="token">Cancels it.</param>
    public async Task RemoveAsync(int containers, CancellationToken token)
    {
        await Task.WhenAll(Enumerable.Range(1, containers).Select(async number =>
        {
            await SendAsync(HttpMethod.Post, $"containers/{_name}-{number}/stop?t=10", null, token).ConfigureAwait(false);
            await SendAsync(HttpMethod.Delete, $"containers/{_name}-{number}?v=1", null, token).ConfigureAwait(false);
        })).ConfigureAwait(false);
        await SendAsync(HttpMethod.Delete, $"networks/{_name}", null, token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken token)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage answer = await _http.SendAsync(request, token).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(token).ConfigureAwait(false)}");
        }
    }
}

/// <summary>A cold start of thirty services and its removal, against the engine's own time for the same calls.</summary>
internal sealed class StackFloor : IBenchmark
{
    private const int Services = 30;
    private const int Repetitions = 5;

    /// <inheritdoc/>
    public string Name => "stack-floor";

    /// <inheritdoc/>
    public string Question => "a cold start of thirty services and its removal, against the same engine calls made directly and in parallel";

    /// <inheritdoc/>
    public async Task RunAsync(ResultTable results, CancellationToken token)
    {
        EngineFloor.Require();
        using BenchStack stack = BenchStack.Of(Projects.Alone(Services));
        List<double> up = [];
        List<double> down = [];
        for (int turn = -1; turn < Repetitions; turn++)
        {
            using var floor = new EngineFloor();
            long start = TimeProvider.System.GetTimestamp();
            await floor.StartAsync(Services, BenchStack.Image, token).ConfigureAwait(false);
            double started = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            start = TimeProvider.System.GetTimestamp();
            await floor.RemoveAsync(Services, token).ConfigureAwait(false);
            if (turn >= 0)
            {
                up.Add(started);
                down.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        IReadOnlyList<double> ours = stack.Ours($$"""
            foreach ($turn in 0..{{Repetitions}}) {
                Clock { Start-LabStack {{stack.Selection}} -NoWait }
                Clock { Remove-LabStack {{stack.Selection}} -Force }
            }
            """);
        results.Ratio($"start of {Services} services", BenchStack.Median(ours.Skip(2).Where((_, index) => index % 2 == 0)), BenchStack.Median(up), atLeast: 1 / 1.15);
        results.Ratio($"removal of {Services} services", BenchStack.Median(ours.Skip(2).Where((_, index) => index % 2 == 1)), BenchStack.Median(down), atLeast: 1 / 1.15);
    }
}
