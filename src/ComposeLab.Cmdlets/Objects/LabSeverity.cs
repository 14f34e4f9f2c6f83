namespace ComposeLab;

/// <summary>How much a finding matters.</summary>
public enum LabSeverity
{
    /// <summary>Worth knowing; nothing is wrong yet.</summary>
    Information,

    /// <summary>It will hurt one day.</summary>
    Warning,

    /// <summary>It must not go into production: a start for production is refused.</summary>
    Error,
}
