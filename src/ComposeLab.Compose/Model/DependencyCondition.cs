namespace ComposeLab.Compose.Model;

/// <summary>What must hold before a dependent service starts.</summary>
public enum DependencyCondition
{
    /// <summary>Its containers run (<c>service_started</c>, the default).</summary>
    ServiceStarted,

    /// <summary>Its containers are healthy (<c>service_healthy</c>).</summary>
    ServiceHealthy,

    /// <summary>Its containers ended with exit code 0 (<c>service_completed_successfully</c>).</summary>
    ServiceCompletedSuccessfully,
}
