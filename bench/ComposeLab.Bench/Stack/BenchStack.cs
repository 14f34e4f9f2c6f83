using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ComposeLab.Bench.Api;
using ComposeLab.Bench.Config;
using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Stack;

/// <summary>A project with a unique name that both sides start and remove; it is removed completely when disposed.</summary>
internal sealed class BenchStack : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-bench-").FullName;
    private readonly IReadOnlyList<string> _files;
    private readonly Dictionary<string, string> _environment;

    private BenchStack(IReadOnlyList<string>? files, Dictionary<string, string> environment)
    {
        Name = $"bench-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..6]}";
        _files = files ?? [Path.Combine(_folder, "compose.yaml")];
        _environment = environment;
    }

    /// <summary>An image with a shell that exists on this machine.</summary>
    public static string Image => MachineImages.Named().GetValueOrDefault("POSTGRES_IMAGE") ?? "postgres:16-alpine";

    /// <summary>The folder of the project's own file.</summary>
    public string Folder => _folder;

    /// <summary>The project's name.</summary>
    public string Name { get; }

    /// <summary>Our command's parameters that choose the project.</summary>
    public string Selection => $"-ProjectName {Name} -File {string.Join(',', _files.Select(file => $"'{file}'"))}";

    /// <summary>A project of the given text.</summary>
    /// <param name="text">The compose file; IMAGE stands for an image with a shell.</param>
    public static BenchStack Of(string text)
    {
        var stack = new BenchStack(null, Surroundings());
        File.WriteAllText(stack._files[0], text.Replace("IMAGE", Image, StringComparison.Ordinal));
        return stack;
    }

    /// <summary>The lab in Prod, on a separate port.</summary>
    /// <exception cref="BenchmarkUnavailableException">It was never started, so that its images are missing.</exception>
    public static BenchStack Lab()
    {
        if (!File.Exists(Repository.At("compose/.env")))
        {
            throw new BenchmarkUnavailableException("the lab was never set up; type ./lab up Prod");
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Dictionary<string, string> environment = Surroundings();
        environment["API_PORT"] = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        return new BenchStack([Repository.At("compose/compose.yaml"), Repository.At("compose/compose.prod.yaml")], environment);
    }

    /// <summary>A call of the peer on the project.</summary>
    /// <param name="arguments">What follows the choice of the project.</param>
    public Command Peer(params string[] arguments) => DockerCompose.Command(
        ["-p", Name, .. _files.SelectMany(file => new[] { "-f", file }), .. arguments], _environment, _folder);

    /// <summary>Runs a script in a new session in which <c>Clock</c> gives the milliseconds of a block.</summary>
    /// <param name="script">The script.</param>
    /// <returns>The numbers it wrote.</returns>
    public IReadOnlyList<double> Ours(string script)
    {
        string settings = _environment.TryGetValue("API_PORT", out string? port) ? $"$env:API_PORT = '{port}'; Remove-Item Env:POSTGRES_PASSWORD" : "";
        string output = Session.Run($$"""
            $ErrorActionPreference = 'Stop'
            {{settings}}
            function Clock([scriptblock]$Work) {
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $null = . $Work
                $clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
            }
            {{script}}
            """);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>The median of measurements.</summary>
    /// <param name="milliseconds">The measurements.</param>
    public static TimeSpan Median(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return TimeSpan.FromMilliseconds(sorted[sorted.Length / 2]);
    }

    /// <summary>Removes the stack, its volumes and its files.</summary>
    public void Dispose()
    {
        Peer("down", "--volumes", "--timeout", "1").Outcome();
        Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string> Surroundings() => new(StringComparer.Ordinal)
    {
        ["HOME"] = "/nowhere",
        ["PATH"] = "/usr/bin:/bin",
    };
}
