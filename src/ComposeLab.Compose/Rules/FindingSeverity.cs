namespace ComposeLab.Compose.Rules;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong yet.</summary>
    Information,

    /// <summary>It will hurt one day.</summary>
    Warning,

    /// <summary>It must not go into production.</summary>
    Error,
}
