using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Diagnostics;

/// <summary>The one error type of this library: what is wrong, where, and what to do about it.</summary>
/// <param name="id">The stable id.</param>
/// <param name="message">One sentence: what was expected and what was found. Never holds a secret.</param>
/// <param name="recommendation">What to do next, ready to paste where possible.</param>
/// <param name="inner">The error that led to this one.</param>
public sealed class ComposeException(ComposeErrorId id, string message, string recommendation, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The stable id.</summary>
    public ComposeErrorId Id { get; } = id;

    /// <summary>The file at fault, as its path was given; null when no file is.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 when unknown.</summary>
    public int Column { get; init; }

    /// <summary>Column after the last character at fault; 0 when unknown.</summary>
    public int EndColumn { get; init; }

    /// <summary>The text of the line at fault, for a squiggle under it; null when unknown.</summary>
    public string? LineText { get; init; }

    /// <summary>The place in the model, such as <c>services.api.ports[1]</c>; null when unknown.</summary>
    public string? Path { get; init; }

    /// <summary>What to do next.</summary>
    public string Recommendation { get; } = recommendation;

    /// <summary>An error about a value of a Compose file.</summary>
    /// <param name="id">The stable id.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="recommendation">What to do next.</param>
    /// <param name="origin">Where the value stands; null when nobody wrote it.</param>
    /// <param name="path">The place in the model.</param>
    /// <param name="inner">The error that led to this one.</param>
    /// <returns>The error, to be thrown. Its line text is filled in by the loader.</returns>
    public static ComposeException At(
        ComposeErrorId id, string message, string recommendation, Origin? origin, string? path = null, Exception? inner = null) =>
        new(id, message, recommendation, inner)
        {
            File = origin is { IsInFile: true } ? origin.File : null,
            Line = origin?.Line ?? 0,
            Column = origin?.Column ?? 0,
            EndColumn = origin?.EndColumn ?? 0,
            Path = path,
        };

    /// <summary>The same error in other words.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recommendation">What to do next.</param>
    /// <returns>A copy with the same place and cause.</returns>
    public ComposeException Worded(string message, string recommendation) =>
        new(Id, message, recommendation, InnerException)
        {
            File = File,
            Line = Line,
            Column = Column,
            EndColumn = EndColumn,
            LineText = LineText,
            Path = Path,
        };

    /// <summary>The same error with what the loader knows about its place.</summary>
    /// <param name="lineText">The line, without its end.</param>
    /// <param name="path">The place in the model; null when unknown.</param>
    /// <returns>A copy with the same cause.</returns>
    public ComposeException WithPlace(string lineText, string? path) =>
        new(Id, Message, Recommendation, InnerException)
        {
            File = File,
            Line = Line,
            Column = Column,
            EndColumn = EndColumn,
            LineText = lineText,
            Path = path,
        };
}
