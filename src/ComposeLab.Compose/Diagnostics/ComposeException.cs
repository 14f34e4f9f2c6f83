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
    /// <param name="origin">Where the value is; null when it was not written.</param>
    /// <param name="path">The place in the model.</param>
    /// <param name="inner">The error that led to this one.</param>
    /// <param name="variable">The variable at fault; null when no variable is.</param>
    /// <returns>The error, to be thrown. Its line text is filled in by the loader.</returns>
    public static ComposeException At(
        ComposeErrorId id, string message, string recommendation, Origin? origin, string? path = null, Exception? inner = null, string? variable = null) =>
        new(id, message, recommendation, inner)
        {
            File = origin is { IsInFile: true } ? origin.File : null,
            Line = origin?.Line ?? 0,
            Column = origin?.Column ?? 0,
            EndColumn = origin?.EndColumn ?? 0,
            Path = path,
            Variable = variable,
        };

    /// <summary>The variable at fault (<see cref="ComposeErrorId.VariableRequired"/>); null when no variable is.</summary>
    public string? Variable { get; init; }

    /// <summary>The Compose profiles of which one would have to be active (<see cref="ComposeErrorId.ServiceNotFound"/>); empty when that is not the reason.</summary>
    public IReadOnlyList<string> ComposeProfiles { get; init; } = [];

    /// <summary>The same error in other words.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recommendation">What to do next.</param>
    /// <returns>A copy with the same place and cause.</returns>
    public ComposeException Worded(string message, string recommendation) => Copy(message, recommendation, LineText, Path);

    /// <summary>The same error with what the loader knows about its place.</summary>
    /// <param name="lineText">The line, without its end.</param>
    /// <param name="path">The place in the model; null when unknown.</param>
    /// <returns>A copy with the same cause.</returns>
    public ComposeException WithPlace(string lineText, string? path) => Copy(Message, Recommendation, lineText, path);

    /// <summary>The same error with the Compose profiles of which one would have to be active.</summary>
    /// <param name="profiles">The profiles.</param>
    internal ComposeException Needing(IReadOnlyList<string> profiles) => Copy(Message, Recommendation, LineText, Path, profiles);

    private ComposeException Copy(string message, string recommendation, string? lineText, string? path, IReadOnlyList<string>? profiles = null) =>
        new(Id, message, recommendation, InnerException)
        {
            File = File,
            Line = Line,
            Column = Column,
            EndColumn = EndColumn,
            LineText = lineText,
            Path = path,
            Variable = Variable,
            ComposeProfiles = profiles ?? ComposeProfiles,
        };
}

/// <summary>The stable ids of everything that can be wrong with Compose files. Scripts rely on them: they never change their meaning.</summary>
public enum ComposeErrorId
{
    /// <summary>A Compose file does not exist or cannot be read.</summary>
    ComposeFileNotFound,

    /// <summary>A Compose file is not valid YAML or breaks a rule of the specification.</summary>
    ComposeFileInvalid,

    /// <summary>A Compose profile or lab profile is unknown.</summary>
    ProfileNotFound,

    /// <summary>A variable that must be set (<c>${NAME:?words}</c>) is not.</summary>
    VariableRequired,

    /// <summary>A key is not an attribute of the specification.</summary>
    UnsupportedAttribute,

    /// <summary>Two files give values that cannot be merged.</summary>
    MergeConflict,

    /// <summary>Services, files or extended services depend on each other in a cycle.</summary>
    DependencyCycle,

    /// <summary>A service is named that the project does not have.</summary>
    ServiceNotFound,

    /// <summary>An env file does not exist or cannot be read.</summary>
    EnvFileNotFound,

    /// <summary>A line of an env file cannot be understood.</summary>
    EnvFileInvalid,

    /// <summary>The project name holds other characters than <c>a-z 0-9 _ -</c>.</summary>
    ProjectNameInvalid,
}
