using ComposeLab.Engine.Docker;

namespace ComposeLab.Api.Tests.Support;

/// <summary>A container with a shell that sees the processes and the network of another one, which has none.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    private readonly RunningLab _lab;

    private Neighbour(RunningLab lab, string name) => (_lab, Name) = (lab, name);

    /// <summary>The container's name.</summary>
    public string Name { get; }

    /// <summary>Starts one.</summary>
    /// <param name="lab">The lab whose database image it uses.</param>
    /// <param name="container">The container it looks into.</param>
    public static async Task<Neighbour> StartAsync(RunningLab lab, string container)
    {
        var neighbor = new Neighbour(lab, $"{lab.Project.Name}-neighbor-{Guid.NewGuid():N}"[..36]);
        await lab.Engine.CreateContainerAsync(
            new ContainerSpec
            {
                Name = neighbor.Name,
                Image = lab.Project.Services["db"].Image!,
                Entrypoint = ["sleep", "300"],
                NetworkMode = $"container:{container}",
                // To see the root file system of a process of another user takes this capability.
                Security = new SecuritySpec { PidMode = $"container:{container}", CapAdd = ["SYS_PTRACE"] },
            },
            CancellationToken.None);
        await lab.Engine.StartContainerAsync(neighbor.Name, CancellationToken.None);
        return neighbor;
    }

    /// <summary>Runs a command and returns its output.</summary>
    /// <param name="command">The command; the other container's root is <c>/proc/1/root</c>.</param>
    public async Task<string> ReadAsync(params string[] command) => (await ContainerCommand.ReadAsync(_lab.Engine, Name, command)).Output;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _lab.Engine.RemoveContainerAsync(Name, force: true, anonymousVolumes: true, CancellationToken.None);
}
