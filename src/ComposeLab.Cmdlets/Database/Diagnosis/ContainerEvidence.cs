using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Diagnosis;

/// <summary>What the engine shows of one container of the stack.</summary>
internal sealed record ContainerEvidence
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required ContainerState State { get; init; }

    /// <summary>What its health check says.</summary>
    public HealthStatus Health { get; init; }

    /// <summary>What the last run of the health check printed; empty when nothing.</summary>
    public string LastProbe { get; init; } = "";

    /// <summary>The exit code of its last run.</summary>
    public int ExitCode { get; init; }

    /// <summary>The last lines of its log; read only of a container that does not run as it should.</summary>
    public IReadOnlyList<string> LogTail { get; init; } = [];

    /// <summary>The networks it is on, by id, with the names under which it is found there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Networks { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether it uses the host's network or another container's, where names and networks tell nothing.</summary>
    public bool SharesNetworkStack { get; init; }

    /// <summary>Whether its process runs and is not frozen.</summary>
    public bool Runs => State == ContainerState.Running;

    /// <summary>Whether its log tells of a full disk.</summary>
    public bool TellsOfFullDisk => LogTail.Any(line => line.Contains("No space left on device", StringComparison.Ordinal));

    /// <summary>Whether a name leads to it, seen from another container.</summary>
    /// <param name="name">The name.</param>
    /// <param name="from">The other container.</param>
    /// <returns>True when both share a network on which it has that name.</returns>
    public bool IsFoundAs(string name, ContainerEvidence from) => Networks.Any(network =>
        from.Networks.ContainsKey(network.Key) && network.Value.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether it shares a network with another container.</summary>
    /// <param name="other">The other container.</param>
    /// <returns>True when packets can pass between the two.</returns>
    public bool SharesNetworkWith(ContainerEvidence other) =>
        SharesNetworkStack || other.SharesNetworkStack || Networks.Keys.Any(other.Networks.ContainsKey);
}
