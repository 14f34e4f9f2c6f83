namespace ComposeLab.Engine.Docker;

/// <summary>What a container's healthcheck says.</summary>
public enum HealthStatus
{
    /// <summary>There is no healthcheck.</summary>
    None,

    /// <summary>No run has passed yet, and failures do not count yet.</summary>
    Starting,

    /// <summary>The last run passed.</summary>
    Healthy,

    /// <summary>As many runs in a row as allowed have failed.</summary>
    Unhealthy,
}
