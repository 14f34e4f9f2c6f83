namespace ComposeLab.Compose.Tests.Conformance;

/// <summary>
/// The answers of the reference that ComposeLab does not copy, because they are wrong. <c>docs/compose-support.md</c> tells users of them. A case that no
/// longer differs must leave this list.
/// </summary>
internal static class ReferenceFaults
{
    /// <summary>The kinds of answers that differ, by case.</summary>
    public static IReadOnlyDictionary<string, string[]> Known { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        // Its YAML loses the indentation of text that begins with an empty line; its JSON does not.
        ["syn-yaml-block"] = ["parsed", "origins"],
        ["rw-loki-examples-ha-monolithic"] = ["parsed", "origins"],

        // The recorded hash of 2.40.3 is that of its 'config --hash', which leaves the label files out; 'up' does not.
        ["syn-labelfile"] = ["accepted"],
    };

    /// <summary>Whether an answer is known to be wrong.</summary>
    /// <param name="name">The case.</param>
    /// <param name="kind">The kind of answer.</param>
    public static bool Contains(string name, string kind) => Known.TryGetValue(name, out var kinds) && kinds.Contains(kind, StringComparer.Ordinal);
}
