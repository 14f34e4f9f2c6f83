using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>Speaks of values in messages. Text itself is left out: it may be a secret.</summary>
internal static class ValueWords
{
    private const int LongestWord = 80;

    /// <summary>Names the sort of a value, and the value where it cannot be a secret.</summary>
    /// <param name="node">The value.</param>
    /// <returns>The words, to complete "found ...".</returns>
    public static string Describe(Node node) => node switch
    {
        ScalarNode { Kind: ScalarKind.Boolean } scalar => $"the truth value {scalar.Text}",
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } scalar => $"the number {Shorten(scalar.Text)}",
        ScalarNode { Kind: ScalarKind.Timestamp } => "a date (in quotes it is text)",
        _ => NodeWords.Of(node),
    };

    /// <summary>Cuts a word that would flood a message.</summary>
    /// <param name="word">The word.</param>
    /// <returns>At most a line of it.</returns>
    public static string Shorten(string word) => word.Length > LongestWord ? word[..LongestWord] + "..." : word;
}
