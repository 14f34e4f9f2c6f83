using System.Management.Automation;
using ComposeLab.Compose.Model;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the variables that a project's files use.</para>
/// <para type="description">For each variable: where it is used, its default, whether it is required, the value in use, who gives it (the environment, .env, a file of
/// variables, the default) and which values that one hides. Works also when a required variable is missing, so it says what a new .env needs. Values that look
/// secret are masked unless -ShowSecret is given. No engine is needed.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the variables of the bundled lab.</para></summary>
/// <code run="true">Get-LabVariable -Profile Prod</code>
/// </example>
/// <example>
/// <summary><para>Shows what has to be set before another project loads.</para></summary>
/// <code>Get-LabVariable -Path ./shop | Where-Object { $_.IsRequired -and $_.Source -eq 'Unset' }</code>
/// </example>
/// <example>
/// <summary><para>Finds out why a change of .env has no effect.</para></summary>
/// <code run="true">Get-LabVariable API_PORT | Select-Object Source, Value -ExpandProperty Shadows</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabVariable", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabVariable))]
public sealed class GetLabVariableCommand : LabProjectCmdlet
{
    /// <summary><para type="description">The variables to list, by name; wildcards are allowed. Default: all.</para></summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary><para type="description">Shows secret values instead of masking them.</para></summary>
    [Parameter]
    public SwitchParameter ShowSecret { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        // Uninterpolated, a project loads also where a required variable is missing, which is when this is asked.
        ComposeProject project = ProjectLoading.Read(Selection with { Interpolate = false }, output, token);
        WildcardPattern[] names = [.. Name.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];
        foreach (LabVariable variable in new Variables(project, ShowSecret ? null : project.Mask).All())
        {
            if (names.Length == 0 || names.Any(name => name.IsMatch(variable.Name)))
            {
                await output.WriteAsync(variable).ConfigureAwait(false);
            }
        }
    }
}
