using ComposeLab.Bench.Harness;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Bench.Api;

/// <summary>The lab's service against the one it was created from, on the same database.</summary>
internal sealed class ApiLoad : IBenchmark
{
    private const int Rounds = 3;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Ready = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Endurance = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "api-load";

    /// <inheritdoc/>
    public string Question => "the API under wrk -c16, against FastAPI + uvicorn + psycopg on the same database; then 200 callers for 30 s";

    /// <inheritdoc/>
    public async Task RunAsync(ResultTable results, CancellationToken token)
    {
        var peerCommand = Services.Peer();
        var folder = Directory.CreateTempSubdirectory("composelab-bench-").FullName;
        try
        {
            using var engine = await EngineConnection.ConnectAsync(EngineEndpoint.Resolve(LabEnvironment()), token);
            var program = await ProdProgram.BuildAsync(engine, folder, token);
            using var database = await Database.StartAsync(token);
            using var ours = await Service.StartAsync(Services.Ours(program), database.Url, token);
            using var peer = await Service.StartAsync(peerCommand, database.Url, token);

            Compare(results, "/", ours, peer, atLeast: 5, token);
            Compare(results, "/db-check", ours, peer, atLeast: 50, token);
            results.Limit("first answer of the database after the process began", ours.ReadyAfter, Ready);
            foreach (string path in new[] { "/", "/db-check" })
            {
                results.Count($"{path} errors under 200 callers for 30 s", Load.Put(ours, path, callers: 200, Endurance).Errors, atMost: 0);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Turn by turn, so that a busy machine is busy for both.
    private static void Compare(ResultTable results, string path, Service ours, Service peer, double atLeast, CancellationToken token)
    {
        List<Load> oursLoads = [], peerLoads = [];
        for (var round = 0; round < Rounds; round++)
        {
            token.ThrowIfCancellationRequested();
            oursLoads.Add(Load.Put(ours, path, callers: 16, Round));
            peerLoads.Add(Load.Put(peer, path, callers: 16, Round));
        }

        results.Rate($"{path} requests", Median(oursLoads, load => load.Rate), Median(peerLoads, load => load.Rate), atLeast);
        results.Ratio($"{path} 99th percentile", Median(oursLoads, load => load.Slowest), Median(peerLoads, load => load.Slowest), atLeast: 1);
    }

    private static T Median<T>(List<Load> loads, Func<Load, T> figure) => loads.Select(figure).Order().ElementAt(loads.Count / 2);

    private static Dictionary<string, string> LabEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
}
