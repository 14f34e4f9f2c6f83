namespace ComposeLab.Compose.Diagnostics;

/// <summary>What the loader warns of.</summary>
public enum ComposeWarningId
{
    /// <summary>The attribute <c>version</c> is there.</summary>
    VersionObsolete,

    /// <summary>An attribute of the specification that the reference implementation drops is there.</summary>
    AttributeIgnored,

    /// <summary>A variable without a default is unset and became an empty text.</summary>
    VariableUnset,

    /// <summary>A truth value is written as YAML 1.2 does not know it.</summary>
    TruthValue,
}
