using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Api.Tests.Support;

/// <summary>The lab, started from its own files by the module's own engine layer, with a unique project name and free ports.</summary>
public abstract class RunningLab : IAsyncLifetime, IEngineEvents
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(8);
    private readonly LabFolder _folder;

    /// <summary>Copies the files; nothing runs yet.</summary>
    /// <param name="profile">The lab profile, <c>dev</c> or <c>prod</c>.</param>
    private protected RunningLab(string profile) => _folder = LabFolder.Copy(profile);

    /// <summary>The engine.</summary>
    internal IEngine Engine { get; private set; } = null!;

    /// <summary>The project as merged.</summary>
    internal ComposeProject Project { get; private set; } = null!;

    /// <summary>The API on its published port.</summary>
    internal ApiClient Api { get; private set; } = null!;

    /// <summary>The database password, which must never appear anywhere.</summary>
    internal string Password => _folder.Password;

    /// <summary>The API's image.</summary>
    internal string Image => _folder.Image;

    /// <summary>The network that both services are on.</summary>
    internal string Network => $"{_folder.Project}_default";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        var environment = MachineEnvironment.Read();
        Engine = await EngineConnection.ConnectAsync(EngineEndpoint.Resolve(environment), limit.Token);
        var port = FreePort();
        Project = ComposeLoader.Load(Request(environment, port), limit.Token);
        try
        {
            var stacks = Stacks(environment);
            await stacks.ExecuteAsync(await stacks.PlanStartAsync(Project, new StartOptions { Build = true }, limit.Token), this, limit.Token);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        Api = new ApiClient(port);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        var stacks = Stacks(new Dictionary<string, string>());
        var plan = await stacks.PlanRemoveAsync(Project.Name, Project, new RemoveOptions { Volumes = true }, CancellationToken.None);
        await stacks.ExecuteAsync(plan, this, CancellationToken.None);
        if (await Engine.InspectImageAsync(Image, CancellationToken.None) is not null)
        {
            await Engine.RemoveImageAsync(Image, force: true, CancellationToken.None);
        }

        Engine.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public void Report(EngineEvent engineEvent)
    {
    }

    /// <summary>The name of a service's container.</summary>
    /// <param name="service">The service.</param>
    internal string Container(string service) => $"{_folder.Project}-{service}-1";

    /// <summary>The output of a service.</summary>
    /// <param name="container">Name of its container.</param>
    internal async Task<IReadOnlyList<string>> LogAsync(string container)
    {
        var lines = new List<string>();
        await foreach (var line in Engine.ReadLogsAsync(container, new LogQuery(), CancellationToken.None))
        {
            lines.Add(line.Text);
        }

        return lines;
    }

    /// <summary>Waits until a database answers its own readiness probe.</summary>
    /// <param name="container">Name of its container; null is the lab's own database.</param>
    /// <param name="port">The port it listens at.</param>
    internal Task DatabaseReadyAsync(string? container = null, int port = 5432) => Eventually.HoldsAsync(
        async () => await ContainerCommand.RunAsync(
            Engine, container ?? Container("db"), "pg_isready", "--quiet", "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={port}")) == 0,
        TimeSpan.FromSeconds(60));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private StackEngine Stacks(IReadOnlyDictionary<string, string> environment) => new(Engine, new EngineImages(Engine, environment));

    private ComposeRequest Request(IReadOnlyDictionary<string, string> environment, int port) => new()
    {
        WorkingDirectory = _folder.ComposeFolder,
        Files = _folder.Files,
        ProjectName = _folder.Project,
        Environment = new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["POSTGRES_USER"] = "lab",
            ["POSTGRES_DB"] = "lab",
            ["POSTGRES_PASSWORD"] = Password,
            ["POSTGRES_PASSWORD_FILE"] = "./password",
            ["API_PORT"] = port.ToString(CultureInfo.InvariantCulture),
        },
    };
}
