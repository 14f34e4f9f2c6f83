using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ComposeLab.Engine.Tests.Images.Pulling;

/// <summary>A real image registry (Debian's docker-registry) on a loopback port, with or without a password; ends with this.</summary>
public sealed class LocalRegistry : IAsyncDisposable
{
    public const string User = "tester";
    public const string Password = "let-me-in";

    private const string Program = "docker-registry";
    private const string PasswordLine = "tester:$2b$04$s8kT.eprInLYvMfjDfzJ8u4tjBtoF4jpFKBq1ddciuFzXd/x4pis6";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-registry-").FullName;
    private readonly Process _process;

    private LocalRegistry(bool locked)
    {
        string program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, Program))
            .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"The pull tests need {Program}: ./lab test fetches it, or install the package {Program}.");
        Port = FreePort();
        string access = "";
        if (locked)
        {
            File.WriteAllText(Path.Combine(_folder, "htpasswd"), PasswordLine + "\n");
            access = $"auth:\n  htpasswd:\n    realm: test\n    path: {_folder}/htpasswd\n";
        }

        string config = Path.Combine(_folder, "config.yml");
        File.WriteAllText(config, $"version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {_folder}/data\nhttp:\n  addr: 127.0.0.1:{Port}\n{access}");
        _process = Process.Start(new ProcessStartInfo(program, ["serve", config]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The loopback port.</summary>
    public int Port { get; }

    /// <summary>Host and port, as in an image name.</summary>
    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a registry and waits until it answers.</summary>
    /// <param name="locked">Whether it requires a password.</param>
    public static async Task<LocalRegistry> StartAsync(bool locked = false)
    {
        var registry = new LocalRegistry(locked);
        using var client = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri($"http://{registry.Host}/v2/"));
                return registry;
            }
            catch (HttpRequestException) when (clock.Elapsed < StartLimit && !registry._process.HasExited)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>A loopback port that nothing listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
