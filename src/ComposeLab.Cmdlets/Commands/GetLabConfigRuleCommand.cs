using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Rules;
using ComposeLab.Pipeline;
using ComposeLab.Policy;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the rules that Test-LabConfig puts to a project.</para>
/// <para type="description">Each rule has a name, a severity, another one in production (some are asked there only), and says what it finds and what to do about
/// it.</para>
/// </summary>
/// <example>
/// <summary><para>Lists all rules.</para></summary>
/// <code run="true">Get-LabConfigRule</code>
/// </example>
/// <example>
/// <summary><para>Shows what makes Start-LabStack refuse in production.</para></summary>
/// <code run="true">Get-LabConfigRule | Where-Object InProduction -eq Error | Format-List</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabConfigRule")]
[OutputType(typeof(LabConfigRule))]
public sealed class GetLabConfigRuleCommand : LabCmdlet
{
    private RuleChoice _choice = null!;

    /// <summary><para type="description">The rules to list, by name; wildcards are allowed. Default: all.</para></summary>
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
