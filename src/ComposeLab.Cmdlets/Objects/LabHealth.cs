namespace ComposeLab;

/// <summary>What a container's health check says.</summary>
public enum LabHealth
{
    /// <summary>There is no health check.</summary>
    None,

    /// <summary>It has not passed yet, and failures do not count yet.</summary>
    Starting,

    /// <summary>It passes.</summary>
    Healthy,

    /// <summary>It failed too often.</summary>
    Unhealthy,
}
