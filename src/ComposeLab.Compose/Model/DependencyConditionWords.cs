namespace ComposeLab.Compose.Model;

/// <summary>The specification's words for <see cref="DependencyCondition"/>.</summary>
internal static class DependencyConditionWords
{
    public static DependencyCondition Parse(string? word) => word switch
    {
        "service_healthy" => DependencyCondition.ServiceHealthy,
        "service_completed_successfully" => DependencyCondition.ServiceCompletedSuccessfully,
        _ => DependencyCondition.ServiceStarted,
    };
}
