namespace ComposeLab;

/// <summary>How a check of the database ended.</summary>
public enum LabDbOutcome
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was not made: an earlier one failed, the time was up, or there is nothing to check. The detail says which.</summary>
    Skipped,
}
