using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Rules;
using ComposeLab.Pipeline;
using ComposeLab.Policy;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the rules that Test-LabConfig checks.</para>
/// <para type="description">Shows the name of each rule, its severity, its severity in production (some rules apply only there), what it finds, and how to fix
/// it.</para>
/// </summary>
/// <example>
/// <summary><para>Lists all rules.</para></summary>
/// <code run="true">Get-LabConfigRule</code>
/// </example>
/// <example>
/// <summary><para>Lists the rules that prevent Start-LabStack from starting a production project.</para></summary>
/// <code run="true">Get-LabConfigRule | Where-Object InProduction -eq Error | Format-List</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabConfigRule")]
[OutputType(typeof(LabConfigRule))]
public sealed class GetLabConfigRuleCommand : LabCmdlet
{
    private RuleChoice _choice = null!;

    /// <summary><para type="description">The names of the rules to list. Default: all.</para></summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Rule { get; set; } = [];

    /// <inheritdoc/>
    protected override void Prepare() => _choice = new RuleChoice(Rule, []);

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        foreach (RuleInfo rule in RuleCatalog.All.Where(rule => _choice.Holds(rule.Id)))
        {
            await output.WriteAsync(Findings.Of(rule)).ConfigureAwait(false);
        }
    }
}
