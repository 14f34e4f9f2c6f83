using ComposeLab.Engine.Docker;

namespace ComposeLab.Api.Tests.Support;

/// <summary>An additional container of the API's image next to a running lab, with its own settings.</summary>
internal sealed class ExtraApi : IAsyncDisposable
{
    private readonly RunningLab _lab;

    private ExtraApi(RunningLab lab, string name) => (_lab, Name) = (lab, name);

    /// <summary>The container's name.</summary>
    public string Name { get; }

    /// <summary>The API on its published port; null after the container has ended.</summary>
    public ApiClient? Api { get; private set; }

    /// <summary>The published port on loopback.</summary>
    public int Port { get; private set; }

    /// <summary>When the container was started; another time later means that it was restarted.</summary>
    public DateTimeOffset? Started { get; private set; }

    /// <summary>Starts a container, as the lab's prod profile does: read-only, without capabilities.</summary>
    /// <param name="lab">The lab whose image and network it uses.</param>
    /// <param name="environment">Its variables as <c>NAME=value</c>.</param>
    public static async Task<ExtraApi> StartAsync(RunningLab lab, params string[] environment)
    {
        var extra = new ExtraApi(lab, $"{lab.Project.Name}-extra-{Guid.NewGuid():N}"[..32]);
        try
        {
            await lab.Engine.CreateContainerAsync(extra.Spec(environment), CancellationToken.None);
            await lab.Engine.StartContainerAsync(extra.Name, CancellationToken.None);
            extra.Started = (await lab.Engine.InspectContainerAsync(extra.Name, CancellationToken.None))!.Started;
            await extra.ConnectAsync();
            return extra;
        }
        catch
        {
            await extra.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process ends.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        ContainerDetails? details = null;
        await Eventually.HoldsAsync(
            async () => (details = await _lab.Engine.InspectContainerAsync(Name, CancellationToken.None))!.State == ContainerState.Exited, TimeSpan.FromSeconds(60));
        return details!.ExitCode;
    }

    /// <summary>Waits until the service answers.</summary>
    public Task ReadyAsync() => Eventually.HoldsAsync(async () => await Api!.TryGetAsync("/healthz") is { Status: 200 }, TimeSpan.FromSeconds(60));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (await _lab.Engine.InspectContainerAsync(Name, CancellationToken.None) is not null)
        {
            await _lab.Engine.RemoveContainerAsync(Name, force: true, anonymousVolumes: true, CancellationToken.None);
        }
    }

    private async Task ConnectAsync()
    {
        var containers = await _lab.Engine.ListContainersAsync([$"composelab.test={Name}"], CancellationToken.None);
        if (containers.SelectMany(container => container.Ports).FirstOrDefault(port => port.HostPort is not null) is { } published)
        {
            Port = published.HostPort!.Value;
            Api = new ApiClient(Port);
        }
    }

    private ContainerSpec Spec(string[] environment) => new()
    {
        Name = Name,
        Image = _lab.Image,
        Environment = environment,
        Labels = new Dictionary<string, string> { ["composelab.test"] = Name },
        NetworkMode = _lab.Network,
        Networks = new Dictionary<string, EndpointSpec> { [_lab.Network] = new() },
        Ports = [new PortBindingSpec(8000, "tcp", "127.0.0.1", "")],
        Security = new SecuritySpec { ReadOnlyRoot = true, CapDrop = ["ALL"], Options = ["no-new-privileges:true"] },
    };
}
