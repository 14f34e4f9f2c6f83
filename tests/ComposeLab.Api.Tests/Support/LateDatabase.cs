using ComposeLab.Engine.Docker;

namespace ComposeLab.Api.Tests.Support;

/// <summary>An initialized database server that does not listen on its usual port at first: connections are refused until the test changes that.</summary>
internal sealed class LateDatabase : IAsyncDisposable
{
    private const int OtherPort = 5433;

    // Filling a new volume takes seconds; a server that came only after that would prove nothing about the first two of them.
    private const string Script = """
        docker-entrypoint.sh postgres -c port=5433 & first=$!
        while [ ! -e /tmp/listen ]; do sleep 0.1; done
        kill -INT $first; wait $first
        exec docker-entrypoint.sh postgres
        """;

    private readonly RunningLab _lab;

    private LateDatabase(RunningLab lab, string name) => (_lab, Name) = (lab, name);

    /// <summary>The container's name, by which it is found on the lab's network.</summary>
    public string Name { get; }

    /// <summary>Starts the container, and waits until its server is filled.</summary>
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
                    Entrypoint = ["sh", "-c", Script],
                    Environment = ["POSTGRES_USER=lab", "POSTGRES_DB=lab", $"POSTGRES_PASSWORD={lab.Password}"],
                    NetworkMode = lab.Network,
                    Networks = new Dictionary<string, EndpointSpec> { [lab.Network] = new() },
                },
                CancellationToken.None);
            await lab.Engine.StartContainerAsync(late.Name, CancellationToken.None);
            await lab.DatabaseReadyAsync(late.Name, OtherPort);
            return late;
        }
        catch
        {
            await late.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the server listen, and waits until it answers its own readiness probe.</summary>
    public async Task ListenAsync()
    {
        Assert.Equal(0, await ContainerCommand.RunAsync(_lab.Engine, Name, "touch", "/tmp/listen"));
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
