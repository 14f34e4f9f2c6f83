using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Diagnostics;

/// <summary>A problem that does not prevent loading, but that the author should know about.</summary>
/// <param name="Id">The kind of warning.</param>
/// <param name="Message">One sentence. Must not contain secrets.</param>
/// <param name="Origin">The place; null if no file is at fault.</param>
public sealed record ComposeWarning(ComposeWarningId Id, string Message, Origin? Origin = null);

/// <summary>The kinds of warnings.</summary>
public enum ComposeWarningId
{
    /// <summary>The file has the attribute <c>version</c>.</summary>
    VersionObsolete,

    /// <summary>The file has an attribute of the specification that the reference implementation ignores.</summary>
    AttributeIgnored,

    /// <summary>A variable without a default is not set and was replaced by an empty string.</summary>
    VariableUnset,

    /// <summary>A boolean is written in a form that is not valid in YAML 1.2.</summary>
    TruthValue,
}
