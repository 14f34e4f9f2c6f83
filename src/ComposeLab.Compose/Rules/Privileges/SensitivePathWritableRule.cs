using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A container does not change what runs the host.</summary>
internal sealed class SensitivePathWritableRule() : SensitivePathRule(
    new RuleInfo(
        "SensitivePathWritable",
        Warning,
        Error,
        "the same paths mounted so that the container can change them",
        "Mount it read-only (`:ro`), or not at all."),
    readOnly: false);
