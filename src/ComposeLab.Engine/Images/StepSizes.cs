using System.Text.RegularExpressions;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images;

/// <summary>
/// Finds the layer that each step of a build created in the image. The engine does not report it, but the image's history has the instructions in another format,
/// newest first. Steps of stages that are not part of the image have no layer in it.
/// </summary>
internal static partial class StepSizes
{
    private static readonly string[] LayerWords = ["ADD", "COPY", "RUN", "WORKDIR"];

    /// <summary>Adds the bytes.</summary>
    /// <param name="steps">The steps, in the order in which they began.</param>
    /// <param name="history">The image's history, newest first.</param>
    /// <returns>The steps, each with the size of its layer, if any. The FROM step of the stage has the size of the base image.</returns>
    public static IReadOnlyList<BuildStep> Add(IReadOnlyList<BuildStep> steps, IReadOnlyList<ImageHistoryStep> history)
    {
        BuildStep[] sized = [.. steps];
        int lowest = -1;
        long own = 0;
        foreach (ImageHistoryStep made in history)
        {
            string instruction = InstructionText.Plain(made.Instruction);
            int index = Match(sized, instruction);
            if (index >= 0)
            {
                sized[index] = sized[index] with { Size = made.Size };
                own += made.Size;
                lowest = index;
            }
            else if (LayerWords.Contains(Word(instruction)))
            {
                // Created before this build: this and everything below come from the base image.
                break;
            }
        }

        AddBase(sized, lowest, history.Sum(made => made.Size) - own);
        return sized;
    }

    // Newest first: for equal instructions, the later entry belongs to the later step.
    private static int Match(BuildStep[] steps, string made) =>
        Array.FindLastIndex(steps, step => step.Size is null && IsSame(InstructionText.Plain(step.Instruction), made));

    // The classic builder records the content's hash instead of the source, so only the target can be compared.
    private static bool IsSame(string step, string made) => LayerWords.Contains(Word(step))
        && (step == made || IsExpanded(step, made) || (Word(step) == Word(made) && IsHashed(made) && Target(step) == Target(made)));

    // BuildKit reports its steps with replaced variables, but records them in the history as written.
    private static bool IsExpanded(string step, string made) => made.Contains('$', StringComparison.Ordinal)
        && Regex.IsMatch(
            step,
            $"^{string.Join(".*", Variables().Split(made).Select(Regex.Escape))}$",
            RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\$\{[^}]*\}|\$\w+")]
    private static partial Regex Variables();

    private static bool IsHashed(string made) => made.StartsWith("COPY ", StringComparison.Ordinal) || made.StartsWith("ADD ", StringComparison.Ordinal)
        ? made.Contains(" file:", StringComparison.Ordinal) || made.Contains(" dir:", StringComparison.Ordinal) || made.Contains(" multi:", StringComparison.Ordinal)
        : false;

    private static string Target(string instruction) => instruction[(instruction.LastIndexOf(' ') + 1)..];

    private static string Word(string instruction) => instruction.Split(' ', 2)[0];

    private static void AddBase(BuildStep[] steps, int lowest, long bytes)
    {
        int from = lowest < 0 ? -1 : Array.FindIndex(steps, step => step.Stage == steps[lowest].Stage && Word(step.Instruction) == "FROM");
        if (from >= 0)
        {
            steps[from] = steps[from] with { Size = bytes };
        }
    }
}
