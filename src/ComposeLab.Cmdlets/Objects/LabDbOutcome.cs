namespace ComposeLab;

/// <summary>The result of a database check.</summary>
public enum LabDbOutcome
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was skipped: an earlier check failed, the time was up, or it does not apply. The detail shows the reason.</summary>
    Skipped,
}
