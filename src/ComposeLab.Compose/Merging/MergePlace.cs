using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Merging;

/// <summary>A place in the model during a merge: its path for errors, and the rules below it.</summary>
/// <param name="Parent">The place above; null at the top.</param>
/// <param name="Key">The last key of the path.</param>
/// <param name="Rules">The rules as seen from here; null when there are none below.</param>
internal sealed record MergePlace(MergePlace? Parent, string Key, PathTable<MergeRule>? Rules)
{
    /// <summary>The place of a key below this one.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The deeper place.</returns>
    public MergePlace Below(string key) => new(this, key, Rules?.Below(key));

    /// <summary>The error that two values of different shapes give.</summary>
    /// <param name="earlier">The value so far.</param>
    /// <param name="later">The value that does not fit.</param>
    /// <returns>The error, to be thrown.</returns>
    public ComposeException Conflict(Node earlier, Node later) => ComposeException.At(
        ComposeErrorId.MergeConflict,
        $"Cannot override {this}: expected {NodeWords.Of(earlier)} as in {earlier.Origin}, found {NodeWords.Of(later)}.",
        "Write both values in the same form, or tag the later one '!override' to replace the earlier one.",
        later.Origin,
        ToString());

    /// <summary>The path, such as <c>services.api.deploy</c>.</summary>
    /// <returns>The keys, joined by dots.</returns>
    public override string ToString() => Parent is null or { Key: "" } ? Key : $"{Parent}.{Key}";
}
