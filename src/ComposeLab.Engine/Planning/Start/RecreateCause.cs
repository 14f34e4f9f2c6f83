namespace ComposeLab.Engine.Planning;

/// <summary>Why a container is made anew.</summary>
/// <param name="Text">In words; secrets are masked.</param>
internal sealed record RecreateCause(string Text)
{
    /// <summary>The values that differ, where that is why.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];
}
