namespace ComposeLab;

/// <summary>How two configs differ at a place.</summary>
public enum LabDifferenceKind
{
    /// <summary>Both have a value, but not the same.</summary>
    Changed,

    /// <summary>Only the right one has a value.</summary>
    Added,

    /// <summary>Only the left one has a value.</summary>
    Removed,
}
