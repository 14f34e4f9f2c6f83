using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Pipeline;
using ComposeLab.Policy;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Finds problems in a project before they cause failures.</para>
/// <para type="description">Checks the merged configuration against rules: ports open to everyone, passwords in files, floating image tags, services that start
/// before their database is ready, data without a volume, settings not allowed in production, and more. docs/rules.md and Get-LabConfigRule list all rules. Each
/// finding contains the file, line and column, the consequence, and the fix. The lab profile Prod (or -Policy Prod) is stricter: its errors prevent Start-LabStack
/// from starting the project. To allow a finding, add a comment to its line: # composelab: allow RULE reason. Nothing is written if there are no findings. Does not
/// need an engine.</para>
/// </summary>
/// <example>
/// <summary><para>Checks whether the bundled lab is ready for production.</para></summary>
/// <code run="true">Test-LabConfig -Profile Prod</code>
/// </example>
/// <example>
/// <summary><para>Checks another project for errors and warnings with all rules except one.</para></summary>
/// <code>Test-LabConfig -Path ./shop -Severity Error, Warning -ExcludeRule ImageNotPinned</code>
/// </example>
/// <example>
/// <summary><para>Fails a build if the project must not go into production.</para></summary>
/// <code>if (-not (Test-LabConfig -Path ./shop -Policy Prod -Quiet)) { exit 1 }</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "LabConfig", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabFinding), typeof(bool))]
public sealed class TestLabConfigCommand : LabProjectCmdlet
{
    private RuleChoice _choice = null!;

    /// <summary><para type="description">The names of the rules to check. Default: all.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Rule { get; set; } = [];

    /// <summary><para type="description">The names of the rules to skip.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary><para type="description">The severities to write: Error, Warning, Information. Default: all.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public LabSeverity[] Severity { get; set; } = [];

    /// <summary><para type="description">What the project is for. ByProfile: production if the lab profile is Prod or Production. Prod: always production. None:
    /// never production.</para></summary>
    [Parameter]
    [OneValue]
    public LabPolicy Policy { get; set; } = LabPolicy.ByProfile;

    /// <summary><para type="description">Returns true or false instead of the findings. False if there is an error among them.</para></summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _choice = new RuleChoice(Rule, ExcludeRule);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = ProjectLoading.Read(Selection, output, token);
        bool production = PolicyGate.IsProduction(Selection.Profile, Policy);
        LabFinding[] findings = RuleRun.Check(project, production, new HostEnvironment(Selection.Environment, token), token)
            .Select(finding => Findings.Of(project.Name, finding))
            .Where(finding => _choice.Holds(finding.Rule) && (Severity.Length == 0 || Severity.Contains(finding.Severity)))
            .ToArray();
        output.Verbose(
            $"Checked {RuleCatalog.All.Count(rule => rule.SeverityFor(production) is not null && _choice.Holds(rule.Id))} rules for {project.Name}"
            + $"{(production ? " (production)" : "")}: {findings.Length} findings.");
        if (Quiet)
        {
            await output.WriteAsync(!findings.Any(finding => finding.Severity == LabSeverity.Error)).ConfigureAwait(false);
            return;
        }

        foreach (LabFinding finding in findings)
        {
            await output.WriteAsync(finding).ConfigureAwait(false);
        }
    }
}
