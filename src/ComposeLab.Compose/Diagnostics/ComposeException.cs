using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Diagnostics;

/// <summary>The only error type of this library: what is wrong, where, and how to fix it.</summary>
/// <param name="id">The stable id.</param>
/// <param name="message">One sentence: what was expected and what was found. Must not contain secrets.</param>
/// <param name="recommendation">The next step, ready to paste if possible.</param>
/// <param name="inner">The underlying error.</param>
public sealed class ComposeException(ComposeErrorId id, string message, string recommendation, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The stable id.</summary>
    public ComposeErrorId Id { get; } = id;

    /// <summary>The file at fault, with its path as specified; null if there is none.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 if unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 if unknown.</summary>
    public int Column { get; init; }

    /// <summary>Column after the last character at fault; 0 if unknown.</summary>
    public int EndColumn { get; init; }

    /// <summary>The text of the line at fault, to show a squiggle under it; null if unknown.</summary>
    public string? LineText { get; init; }

    /// <summary>The place in the model, such as <c>services.api.ports[1]</c>; null if unknown.</summary>
    public string? Path { get; init; }

    /// <summary>The next step.</summary>
    public string Recommendation { get; } = recommendation;

    /// <summary>Creates an error about a value of a Compose file.</summary>
    /// <param name="id">The stable id.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="recommendation">The next step.</param>
    /// <param name="origin">The place of the value; null if it is in no file.</param>
    /// <param name="path">The place in the model.</param>
    /// <param name="inner">The underlying error.</param>
    /// <param name="variable">The variable at fault; null if there is none.</param>
    /// <returns>The error to throw. The loader adds its line text.</returns>
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

    /// <summary>The variable at fault (<see cref="ComposeErrorId.VariableRequired"/>); null if there is none.</summary>
    public string? Variable { get; init; }

    /// <summary>The Compose profiles, one of which must be enabled (<see cref="ComposeErrorId.ServiceNotFound"/>); empty if that is not the reason.</summary>
    public IReadOnlyList<string> ComposeProfiles { get; init; } = [];

    /// <summary>The same error with another text.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recommendation">The next step.</param>
    /// <returns>A copy with the same place and cause.</returns>
    public ComposeException Worded(string message, string recommendation) => Copy(message, recommendation, LineText, Path);

    /// <summary>The same error with more details about its place.</summary>
    /// <param name="lineText">The line, without its line break.</param>
    /// <param name="path">The place in the model; null if unknown.</param>
    /// <returns>A copy with the same cause.</returns>
    public ComposeException WithPlace(string lineText, string? path) => Copy(Message, Recommendation, lineText, path);

    /// <summary>The same error with the Compose profiles, one of which must be enabled.</summary>
    /// <param name="profiles">The profiles.</param>
    internal ComposeException Needing(IReadOnlyList<string> profiles) => Copy(Message, Recommendation, LineText, Path, profiles);

    /// <summary>The same error without its cause, whose text may contain secrets.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recommendation">The next step.</param>
    /// <param name="path">The place in the model; null if unknown.</param>
    internal ComposeException Masked(string message, string recommendation, string? path) => Copy(message, recommendation, LineText, path, keepsCause: false);

    private ComposeException Copy(string message, string recommendation, string? lineText, string? path, IReadOnlyList<string>? profiles = null, bool keepsCause = true) =>
        new(Id, message, recommendation, keepsCause ? InnerException : null)
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

/// <summary>The stable ids of all errors in Compose files. Scripts rely on them: they never change their meaning.</summary>
public enum ComposeErrorId
{
    /// <summary>A Compose file does not exist or cannot be read.</summary>
    ComposeFileNotFound,

    /// <summary>A Compose file is not valid YAML or violates the specification.</summary>
    ComposeFileInvalid,

    /// <summary>A Compose profile or lab profile is unknown.</summary>
    ProfileNotFound,

    /// <summary>A Compose file is on another machine, and fetching it was not allowed.</summary>
    RemoteNotAllowed,

    /// <summary>A Compose file on another machine can change at any time, because its reference has no digest.</summary>
    RemoteNotPinned,

    /// <summary>A project cannot be published, because others could not use it.</summary>
    NotPublishable,

    /// <summary>A required variable (<c>${NAME:?words}</c>) is not set.</summary>
    VariableRequired,

    /// <summary>A key is not an attribute of the specification.</summary>
    UnsupportedAttribute,

    /// <summary>Values of two files cannot be merged.</summary>
    MergeConflict,

    /// <summary>Services, files or extended services depend on each other in a cycle.</summary>
    DependencyCycle,

    /// <summary>A service does not exist in the project.</summary>
    ServiceNotFound,

    /// <summary>An env file does not exist or cannot be read.</summary>
    EnvFileNotFound,

    /// <summary>A line of an env file is not valid.</summary>
    EnvFileInvalid,

    /// <summary>The project name contains characters other than <c>a-z 0-9 _ -</c>.</summary>
    ProjectNameInvalid,
}
