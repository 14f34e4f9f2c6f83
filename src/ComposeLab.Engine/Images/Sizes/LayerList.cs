using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images.Sizes;

/// <summary>
/// Puts an image's layers and its history together. The engine lists both, but not which entry of the history made which layer: instructions that only describe
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

    /// <summary>How many layers two images have in common; layers are stored by what lies below them, so that only a common beginning is stored once.</summary>
    /// <param name="one">The layers of one image, lowest first.</param>
    /// <param name="other">The layers of the other.</param>
    /// <returns>The length of the common beginning.</returns>
    public static int Common(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    // What was not made by an instruction has a note at most: an import says where its archive came from, "-" being the caller.
    private static string Text(ImageHistoryStep entry) => entry switch
    {
        { Instruction.Length: > 0 } => SecretMask.Standard.MaskText(InstructionText.Plain(entry.Instruction)),
        { Comment: "Imported from -" } => "(imported)",
        { Comment.Length: > 0 } => $"({SecretMask.Standard.MaskText(entry.Comment)})",
        _ => "",
    };

    // Entries with bytes made a layer, whatever they say; among the empty ones the most likely are taken until the numbers agree.
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
