using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Policy;

/// <summary>Prevents a production project with rule errors from starting.</summary>
internal static class PolicyGate
{
    private static readonly string[] ProductionProfiles = ["Prod", "Production"];

    /// <summary>Whether a project is for production.</summary>
    /// <param name="profile">The lab profile; may be null.</param>
    /// <param name="policy">The user's choice.</param>
    public static bool IsProduction(string? profile, LabPolicy policy) => policy switch
    {
        LabPolicy.Prod => true,
        LabPolicy.None => false,
        _ => ProductionProfiles.Contains(profile, StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>Rejects a production project with rule errors.</summary>
    /// <param name="project">The project.</param>
    /// <param name="selection">How it was selected.</param>
    /// <param name="policy">The user's choice.</param>
    /// <param name="forced">Receives the errors as warnings, because the user specified -Force; null: the errors are thrown.</param>
    /// <param name="token">Cancels the check.</param>
    /// <exception cref="LabException">PolicyViolated: its message lists every error, and its target contains them as objects.</exception>
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
        string count = errors.Length == 1 ? "1 error" : $"{errors.Length} errors";
        IEnumerable<string> lines = errors.Select(error =>
            $"\n  {(error.File is null ? error.Path : $"{Path.GetFileName(error.File)}:{error.Line}")}: {error.Rule}: {error.Message}\n    {error.Recommendation}");
        return new LabException(
            LabErrorId.PolicyViolated,
            $"Cannot start {project} for production: {count} found. Nothing was changed.{string.Concat(lines)}",
            "Fix each error, or add the comment '# composelab: allow RULE reason' to its line. Use -Force to start anyway",
            errors);
    }
}
