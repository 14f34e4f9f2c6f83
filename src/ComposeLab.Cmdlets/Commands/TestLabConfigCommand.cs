using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Pipeline;
using ComposeLab.Policy;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Finds what will go wrong with a project, before it does.</para>
/// <para type="description">Puts rules to the merged config: ports open to everyone, passwords in files, images that move, services that start before their database
/// is ready, data without a volume, what production must not have, and more; docs/rules.md and Get-LabConfigRule list them. Each finding names its file, line and
/// column, says what follows, and what to write instead. The lab profile Prod (or -Policy Prod) asks more than others; what is an Error there makes Start-LabStack
/// refuse. A comment in the file silences a rule for its line: # composelab: allow RULE reason. Nothing is written when nothing was found. No engine is needed.</para>
/// </summary>
/// <example>
/// <summary><para>Asks whether the bundled lab is fit for production.</para></summary>
/// <code run="true">Test-LabConfig -Profile Prod</code>
/// </example>
/// <example>
/// <summary><para>Looks through another project for errors and warnings, all rules but one.</para></summary>
/// <code>Test-LabConfig -Path ./shop -Severity Error, Warning -ExcludeRule ImageNotPinned</code>
/// </example>
/// <example>
/// <summary><para>Fails a build when something must not go into production.</para></summary>
/// <code>if (-not (Test-LabConfig -Path ./shop -Policy Prod -Quiet)) { exit 1 }</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "LabConfig", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabFinding), typeof(bool))]
public sealed class TestLabConfigCommand : LabProjectCmdlet
{
    private RuleChoice _choice = null!;

    /// <summary><para type="description">The rules to ask, by name; wildcards are allowed. Default: all.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Rule { get; set; } = [];

    /// <summary><para type="description">The rules to leave out, by name; wildcards are allowed.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary><para type="description">The severities to write: Error, Warning, Information. Default: all.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public LabSeverity[] Severity { get; set; } = [];

    /// <summary><para type="description">What the project is meant for. ByProfile: the lab profile Prod or Production means production. Prod: production, whatever
    /// the profile. None: not production.</para></summary>
    [Parameter]
    public LabPolicy Policy { get; set; } = LabPolicy.ByProfile;

    /// <summary><para type="description">Answers with true or false instead of the findings: false when there is an Error among them.</para></summary>
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
            $"Asked {RuleCatalog.All.Count(rule => rule.SeverityFor(production) is not null && _choice.Holds(rule.Id))} rules about {project.Name}"
            + $"{(production ? ", meant for production" : "")}: {findings.Length} findings.");
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
