using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images.Sizes;

/// <summary>
/// Matches an image's layers to its history. The engine lists both, but not which entry of the history created which layer: metadata instructions
/// have an entry and no layer.
/// </summary>
internal static class LayerList
{
    private static readonly string[] LayerWords = ["ADD", "COPY", "RUN", "WORKDIR"];

    /// <summary>Lists the layers.</summary>
    /// <param name="layers">The content ids of the layers, lowest first.</param>
    /// <param name="history">The history, newest first.</param>
    /// <returns>The layers, lowest first, each with its instruction and bytes.</returns>
    public static IReadOnlyList<ImageLayer> Of(IReadOnlyList<string> layers, IReadOnlyList<ImageHistoryStep> history)
    {
        List<ImageHistoryStep> makers = Makers([.. history.Reverse()], layers.Count);
        return
        [
            .. layers.Select((id, index) => index < makers.Count
                ? new ImageLayer(id, Text(makers[index]), makers[index].Size)
                : new ImageLayer(id, "", 0)),
        ];
    }

    /// <summary>Counts the common layers of two images. A layer is stored with all layers below it, so only a common start is shared.</summary>
    /// <param name="one">The layers of one image, lowest first.</param>
    /// <param name="other">The layers of the other.</param>
    /// <returns>The number of common layers.</returns>
    public static int Common(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    // A layer without an instruction has at most a comment: an import contains the source of its archive, "-" for standard input.
    private static string Text(ImageHistoryStep entry) => entry switch
    {
        { Instruction.Length: > 0 } => SecretMask.Standard.MaskText(InstructionText.Plain(entry.Instruction)),
        { Comment: "Imported from -" } => "(imported)",
        { Comment.Length: > 0 } => $"({SecretMask.Standard.MaskText(entry.Comment)})",
        _ => "",
    };

    // Entries with bytes created a layer. Among the empty ones, the most likely are used until the numbers match.
    private static List<ImageHistoryStep> Makers(IReadOnlyList<ImageHistoryStep> entries, int count)
    {
        var chosen = entries.Select((entry, index) => (Index: index, Rank: Rank(entry)))
            .OrderBy(entry => entry.Rank).ThenBy(entry => entry.Index).Take(count)
            .Select(entry => entry.Index).Order();
        return [.. chosen.Select(index => entries[index])];
    }

    private static int Rank(ImageHistoryStep entry)
    {
        if (entry.Size > 0)
        {
            return 0;
        }

        string instruction = InstructionText.Plain(entry.Instruction);
        string word = instruction.Split(' ', 2)[0];
        return !LayerWords.Contains(word) ? 3 : word == "WORKDIR" ? 2 : 1;
    }
}
