using ComposeLab.Compose.Diagnostics;

namespace ComposeLab.Compose.Tests.Cases;

/// <summary>Shows the place of an error: the place, the path in the model, the line, and a squiggle under the fault.</summary>
internal static class FaultPicture
{
    /// <summary>Draws an error.</summary>
    /// <param name="fault">The error.</param>
    /// <returns>Lines, each with its end.</returns>
    public static string Of(ComposeException fault)
    {
        var place = fault.Line > 0 ? $"{fault.File}:{fault.Line}:{fault.Column}" : fault.File ?? "no file";
        var head = $"{place} {fault.Path}".TrimEnd() + "\n";
        if (fault.LineText is not { } line)
        {
            return head;
        }

        var end = fault.EndColumn > fault.Column ? fault.EndColumn : line.Length + 1;
        return $"{head}  {line}\n  {new string(' ', Math.Max(0, fault.Column - 1))}{new string('~', Math.Max(1, end - fault.Column))}\n";
    }
}
