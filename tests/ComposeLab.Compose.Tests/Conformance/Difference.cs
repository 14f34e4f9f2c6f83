namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>An answer that is not the reference's.</summary>
/// <param name="Kind">The kind of answer, such as <c>text</c>.</param>
/// <param name="Case">The case.</param>
/// <param name="What">The place of the difference.</param>
internal sealed record Difference(string Kind, string Case, string What) : IComparable<Difference>
{
    /// <inheritdoc/>
    public int CompareTo(Difference? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <inheritdoc/>
    public override string ToString() => $"[{Kind}] {Case}: {What}";
}
