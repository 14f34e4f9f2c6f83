using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Takes from a container what a diagnosis needs.</summary>
internal static class ContainerReading
{
    private const int LogLines = 20;

    /// <summary>Reads a container.</summary>
    /// <param name="engine">The engine, asked for the log of a container that does not run as it should.</param>
    /// <param name="container">The container.</param>
    /// <param name="service">Its service.</param>
    /// <param name="token">Cancels the reading.</param>
    /// <returns>The evidence.</returns>
    public static async Task<ContainerEvidence> ReadAsync(IEngine engine, ContainerDetails container, ServiceDefinition service, CancellationToken token)
    {
        bool isFine = container.State == ContainerState.Running && container.Health is HealthStatus.Healthy or HealthStatus.None;
        return new ContainerEvidence
        {
            Name = container.Name,
            State = container.State,
            Health = container.Health,
            LastProbe = container.Probes is [.., { } last] ? SecretMask.Standard.MaskText(FirstLine(last.Output)) : "",
            ExitCode = container.ExitCode,
            LogTail = isFine ? [] : await LogAsync(engine, container, token).ConfigureAwait(false),
            SharesNetworkStack = service.NetworkMode is { } mode && mode != "bridge" && mode != "none",
            Networks = container.Networks.ToDictionary(
                network => network.Value.NetworkId,
                network => (IReadOnlyList<string>)[.. network.Value.Aliases, container.Name, container.Id[..12], network.Value.IpAddress],
                StringComparer.Ordinal),
        };
    }

    private static async Task<IReadOnlyList<string>> LogAsync(IEngine engine, ContainerDetails container, CancellationToken token)
    {
        List<string> lines = [];
        await foreach (LogLine line in engine.ReadLogsAsync(container.Id, new LogQuery { Tail = LogLines }, token).ConfigureAwait(false))
        {
            lines.Add(SecretMask.Standard.MaskText(line.Text));
        }

        return lines;
    }

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim();
}
