using ComposeLab.Engine.Docker;

namespace ComposeLab.Api.Tests.Support;

/// <summary>A database server whose container runs, but in which nothing listens yet: connections are refused until it is let go.</summary>
internal sealed class LateDatabase : IAsyncDisposable
{
    private readonly RunningLab _lab;

    private LateDatabase(RunningLab lab, string name) => (_lab, Name) = (lab, name);

    /// <summary>The container's name, by which it is found on the lab's network.</summary>
    public string Name { get; }

    /// <summary>Starts the container.</summary>
    /// <param name="lab">The lab whose database image and network it uses.</param>
    public static async Task<LateDatabase> StartAsync(RunningLab lab)
    {
        var late = new LateDatabase(lab, $"{lab.Project.Name}-late-{Guid.NewGuid():N}"[..32]);
        try
        {
            await lab.Engine.CreateContainerAsync(
                new ContainerSpec
                {
                    Name = late.Name,
                    Image = lab.Project.Services["db"].Image!,
                    Entrypoint = ["sh", "-c", "while [ ! -e /tmp/go ]; do sleep 0.1; done; exec docker-entrypoint.sh postgres"],
                    Environment = ["POSTGRES_USER=lab", "POSTGRES_DB=lab", $"POSTGRES_PASSWORD={lab.Password}"],
                    NetworkMode = lab.Network,
                    Networks = new Dictionary<string, EndpointSpec> { [lab.Network] = new() },
                },
                CancellationToken.None);
            await lab.Engine.StartContainerAsync(late.Name, CancellationToken.None);
            return late;
        }
        catch
        {
            await late.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the server start, and waits until it answers its own readiness probe.</summary>
    public async Task ListenAsync()
    {
        Assert.Equal(0, await ContainerCommand.RunAsync(_lab.Engine, Name, "touch", "/tmp/go"));
        await _lab.DatabaseReadyAsync(Name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (await _lab.Engine.InspectContainerAsync(Name, CancellationToken.None) is not null)
        {
            await _lab.Engine.RemoveContainerAsync(Name, force: true, anonymousVolumes: true, CancellationToken.None);
        }
    }
}
