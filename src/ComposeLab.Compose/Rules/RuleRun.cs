using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules.Allowing;

namespace ComposeLab.Compose.Rules;

/// <summary>Puts the rules to a project.</summary>
public static class RuleRun
{
    /// <summary>Finds everything that the rules find and no comment allows.</summary>
    /// <param name="project">The project, interpolated.</param>
    /// <param name="production">Whether it is meant for production.</param>
    /// <param name="world">What may be known about the machine.</param>
    /// <param name="token">Ends the work early.</param>
    /// <returns>The findings: the gravest first, then in the order of files and lines.</returns>
    public static IReadOnlyList<Finding> Check(ComposeProject project, bool production, IRuleWorld world, CancellationToken token)
    {
        var context = new RuleContext(project, production, world);
        var comments = new AllowComments(context);
        Dictionary<string, string> paths = project.Sources
            .GroupBy(source => source.Display, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Path, StringComparer.Ordinal);
        var findings = new List<Finding>();
        foreach (ConfigRule rule in RuleCatalog.Rules)
        {
            token.ThrowIfCancellationRequested();
            if (rule.Info.SeverityFor(production) is { } severity)
            {
                findings.AddRange(SharedSpots.Join(rule.Find(context).Where(spot => !comments.Silence(rule.Info.Id, spot)))
                    .Select(spot => Rated(rule, severity, spot, paths)));
            }
        }

        return findings
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)
            .ThenBy(finding => finding.Rule, StringComparer.Ordinal)
            .ToArray();
    }

    private static Finding Rated(ConfigRule rule, FindingSeverity severity, Spot spot, Dictionary<string, string> paths)
    {
        bool known = !spot.Origin.File.StartsWith('[');
        return new Finding
        {
            Rule = rule.Info.Id,
            Severity = severity,
            Service = spot.Service,
            Path = spot.Path,
            File = known ? paths.GetValueOrDefault(spot.Origin.File, spot.Origin.File) : null,
            Line = known ? spot.Origin.Line : 0,
            Column = known ? spot.Origin.Column : 0,
            Message = spot.Message,
            Recommendation = spot.Recommendation,
        };
    }
}
