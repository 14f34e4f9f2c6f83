using ComposeLab.Compose.Rules;

namespace ComposeLab.Policy;

/// <summary>Converts the findings of rules to the module's objects.</summary>
internal static class Findings
{
    /// <summary>Creates the object.</summary>
    /// <param name="project">The name of the project.</param>
    /// <param name="finding">The finding.</param>
    public static LabFinding Of(string project, Finding finding) => new()
    {
        ProjectName = project,
        Rule = finding.Rule,
        Severity = Severity(finding.Severity),
        Service = finding.Service,
        Path = finding.Path,
        File = finding.File,
        Line = finding.Line,
        Column = finding.Column,
        Message = finding.Message,
        Recommendation = finding.Recommendation,
    };

    /// <summary>Creates the object of a rule.</summary>
    /// <param name="rule">The rule.</param>
    public static LabConfigRule Of(RuleInfo rule) => new()
    {
        Rule = rule.Id,
        Severity = rule.Severity is { } severity ? Severity(severity) : null,
        InProduction = Severity(rule.InProduction),
        Finds = rule.Finds,
        Remedy = rule.Remedy,
    };

    private static LabSeverity Severity(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => LabSeverity.Error,
        FindingSeverity.Warning => LabSeverity.Warning,
        _ => LabSeverity.Information,
    };
}
