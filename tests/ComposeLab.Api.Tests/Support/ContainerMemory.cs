using Docker.DotNet;
using Docker.DotNet.Models;

namespace ComposeLab.Api.Tests.Support;

/// <summary>The memory of a container.</summary>
internal static class ContainerMemory
{
    /// <summary>Reads it as <c>docker stats</c> shows it: without pages of files that the kernel may take back at any time.</summary>
    /// <param name="lab">The lab whose engine is asked.</param>
    /// <param name="container">The container's name.</param>
    /// <returns>Bytes.</returns>
    public static async Task<long> ReadAsync(RunningLab lab, string container)
    {
        using var client = new DockerClientBuilder().WithEndpoint(lab.Engine.Info.Endpoint.Address).Build();
        ContainerStatsResponse? stats = null;
        await client.Containers.GetContainerStatsAsync(
            container, new ContainerStatsParameters { Stream = false }, new Answer(answer => stats = answer), CancellationToken.None);
        var memory = stats!.MemoryStats ?? throw new InvalidOperationException($"The engine gives no figures of {container}.");
        // The first is the name on the older generation of control groups, the second on the newer.
        var details = memory.Stats ?? throw new InvalidOperationException($"The engine gives no details of {container}'s memory.");
        var reclaimable = details.TryGetValue("total_inactive_file", out var old) ? old : details["inactive_file"];
        return (long)(memory.Usage.GetValueOrDefault() - reclaimable);
    }

    // Unlike Progress<T>, this one has received everything when the call returns.
    private sealed class Answer(Action<ContainerStatsResponse> take) : IProgress<ContainerStatsResponse>
    {
        public void Report(ContainerStatsResponse value) => take(value);
    }
}
