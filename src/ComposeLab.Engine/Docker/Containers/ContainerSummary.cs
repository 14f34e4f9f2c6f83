namespace ComposeLab.Engine.Docker;

/// <summary>A container as a listing shows it: enough for every view, from one call for all of them.</summary>
public sealed record ContainerSummary
{
    /// <summary>The id, 64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The name, without the leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>The image as it was named at creation.</summary>
    public required string Image { get; init; }

    /// <summary>The image's id.</summary>
    public required string ImageId { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>What it is doing.</summary>
    public required ContainerState State { get; init; }

    /// <summary>What its healthcheck says; unknown while it does not run, then None.</summary>
    public required HealthStatus Health { get; init; }

    /// <summary>The exit code of an ended container; null for others.</summary>
    public required int? ExitCode { get; init; }

    /// <summary>State and age in the engine's words, such as <c>Up 3 minutes (healthy)</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The ports, published or only exposed.</summary>
    public required IReadOnlyList<PublishedPort> Ports { get; init; }

    /// <summary>The networks by name.</summary>
    public required IReadOnlyDictionary<string, ContainerNetwork> Networks { get; init; }

    /// <summary>The mounts.</summary>
    public required IReadOnlyList<ContainerMount> Mounts { get; init; }
}
