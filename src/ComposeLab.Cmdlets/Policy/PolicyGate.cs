using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Policy;

/// <summary>Keeps out of production what the rules call an error.</summary>
internal static class PolicyGate
{
    private static readonly string[] ProductionProfiles = ["Prod", "Production"];

    /// <summary>Whether a project is meant for production.</summary>
    /// <param name="profile">The lab profile; may be null.</param>
    /// <param name="policy">What the user says.</param>
    public static bool IsProduction(string? profile, LabPolicy policy) => policy switch
    {
        LabPolicy.Prod => true,
        LabPolicy.None => false,
        _ => ProductionProfiles.Contains(profile, StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>Refuses a project that is meant for production and that the rules find errors in.</summary>
    /// <param name="project">The project.</param>
    /// <param name="selection">How it was selected.</param>
    /// <param name="policy">What the user says.</param>
    /// <param name="forced">Where the errors are warned of instead, because the user insists; null: they refuse.</param>
    /// <param name="token">Cancels the check.</param>
    /// <exception cref="LabException">PolicyViolated: its message lists every error, its target holds them as objects.</exception>
    public static void Check(ComposeProject project, ProjectSelection selection, LabPolicy policy, IPipelineOutput? forced, CancellationToken token)
    {
        if (!IsProduction(selection.Profile, policy))
        {
            return;
        }

        LabFinding[] errors = [.. RuleRun.Check(project, production: true, new HostEnvironment(selection.Environment, token), token)
            .Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => Findings.Of(project.Name, finding))];
        if (errors.Length > 0 && forced is null)
        {
            throw Refusal(project.Name, errors);
        }

        foreach (LabFinding error in errors)
        {
            forced?.Warning(error.ToString());
        }
    }

    private static LabException Refusal(string project, LabFinding[] errors)
    {
        string count = errors.Length == 1 ? "an error" : $"{errors.Length} errors";
        IEnumerable<string> lines = errors.Select(error =>
            $"\n  {(error.File is null ? error.Path : $"{Path.GetFileName(error.File)}:{error.Line}")}: {error.Rule}: {error.Message}\n    {error.Recommendation}");
        return new LabException(
            LabErrorId.PolicyViolated,
            $"{project} is meant for production, and the rules found {count}; nothing was changed.{string.Concat(lines)}",
            "Mend each, or write '# composelab: allow RULE reason' beside its line; -Force starts it as it is",
            errors);
    }
}
