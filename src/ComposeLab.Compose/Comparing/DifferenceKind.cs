namespace ComposeLab.Compose.Comparing;

/// <summary>How two models differ at a place.</summary>
public enum DifferenceKind
{
    /// <summary>Both have a value, but not the same.</summary>
    Changed,

    /// <summary>Only the right one has a value.</summary>
    Added,

    /// <summary>Only the left one has a value.</summary>
    Removed,
}
