using System.Diagnostics;
using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Stack;

/// <summary>A swarm of three nodes for a benchmark, with engines of its own (tools/lab/swarm-engines.sh); it ends with the benchmark.</summary>
internal sealed class SwarmEngines : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("clsw").FullName;
    private readonly Process _engines;

    /// <summary>Starts the engines, gives them an image and creates the swarm.</summary>
    /// <param name="image">An image of the machine's engine.</param>
    /// <exception cref="BenchmarkUnavailableException">It is not possible for this user, or docker is missing or too old.</exception>
    public SwarmEngines(string image)
    {
        if (!Environment.IsPrivilegedProcess || new Command("docker", ["stack", "deploy", "--help"]).Outcome() is not (0, var help, _) || !help.Contains("--detach", StringComparison.Ordinal))
        {
            Directory.Delete(_folder);
            throw new BenchmarkUnavailableException("it needs root, and the docker program 26 or later");
        }

        _engines = Process.Start(new ProcessStartInfo(Repository.At("tools/lab/swarm-engines.sh"), [_folder]))!;
        try
        {
            var clock = Stopwatch.StartNew();
            while (!File.Exists(Path.Combine(_folder, "ready")))
            {
                if (_engines.HasExited || clock.Elapsed > Limit)
                {
                    throw new BenchmarkUnavailableException("the engines of the swarm did not start");
                }

                Thread.Sleep(100);
            }

            string archive = Path.Combine(_folder, "image.tar");
            new Command("docker", ["save", "--output", archive, image]).Run();
            for (int node = 1; node <= 3; node++)
            {
                On(node, "load", "--input", archive).Run();
            }

            On(1, "swarm", "init", "--advertise-addr", "10.99.0.1").Run();
            string token = On(1, "swarm", "join-token", "--quiet", "worker").Run().Trim();
            for (int node = 2; node <= 3; node++)
            {
                On(node, "swarm", "join", "--advertise-addr", $"10.99.0.{node}", "--token", token, "10.99.0.1:2377").Run();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The address of the manager.</summary>
    public string Manager => Address(1);

    /// <summary>A docker command for a node.</summary>
    /// <param name="node">The node, from 1.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The command.</returns>
    public Command On(int node, params string[] arguments) => new("docker", ["--host", Address(node), .. arguments]);

    /// <summary>Ends the engines and deletes their files.</summary>
    public void Dispose()
    {
        _engines.Kill();
        _engines.WaitForExit();
        _engines.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Address(int node) => $"unix://{_folder}/n{node}/s";
}
