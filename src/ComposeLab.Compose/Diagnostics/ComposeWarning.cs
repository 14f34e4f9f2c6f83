using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Diagnostics;

/// <summary>Something that loads but that the author should know.</summary>
/// <param name="Id">What it is about.</param>
/// <param name="Message">One sentence. Never holds a secret.</param>
/// <param name="Origin">Where it stands; null when no file is at fault.</param>
public sealed record ComposeWarning(ComposeWarningId Id, string Message, Origin? Origin = null);

/// <summary>What the loader warns of.</summary>
public enum ComposeWarningId
{
    /// <summary>The attribute <c>version</c> is there.</summary>
    VersionObsolete,

    /// <summary>An attribute of the specification that the reference implementation drops is there.</summary>
    AttributeIgnored,

    /// <summary>A variable without a default is unset and became an empty text.</summary>
    VariableUnset,

    /// <summary>A boolean is written as YAML 1.2 does not know it.</summary>
    TruthValue,
}
