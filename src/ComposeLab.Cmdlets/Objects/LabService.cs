namespace ComposeLab;

/// <summary>One container of a service, as the engine sees it at the moment of asking.</summary>
public sealed class LabService
{
    /// <summary>The project that the container belongs to.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The number among the service's containers, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The container's id, 64 hexadecimal digits.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The image's name.</summary>
    public required string Image { get; init; }

    /// <summary>What the container does.</summary>
    public required LabServiceState State { get; init; }

    /// <summary>What the health check says.</summary>
    public required LabHealth Health { get; init; }

    /// <summary>Who saw the container healthy first, the engine or the module's own probe; null when it was not waited for.</summary>
    public string? HealthSeenBy { get; init; }

    /// <summary>The exit code; null while the container runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The ports, published or not.</summary>
    public required IReadOnlyList<LabPort> Ports { get; init => field = Indexable.Of(value); }

    /// <summary>When the container was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The engine's own words about state and age.</summary>
    public required string Status { get; init; }

    /// <summary>Names the container, for messages.</summary>
    /// <returns>The container's name.</returns>
    public override string ToString() => Container;
}
