using System.Management.Automation;
using ComposeLab.Compose.Model;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Lists the variables that the files of a project use.</para>
/// <para type="description">Shows for each variable where it is used, its default, whether it is required, its current value, the source of the value (the
/// environment, .env, an environment file or the default), and the values that this source overrides. Also works if a required variable is not set, so you can use
/// it to create a new .env file. Secret values are masked unless you specify -ShowSecret. Does not need an engine.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the variables of the bundled lab.</para></summary>
/// <code run="true">Get-LabVariable -Profile Prod</code>
/// </example>
/// <example>
/// <summary><para>Lists the variables that must be set before another project can be loaded.</para></summary>
/// <code>Get-LabVariable -Path ./shop | Where-Object { $_.IsRequired -and $_.Source -eq 'Unset' }</code>
/// </example>
/// <example>
/// <summary><para>Shows why a change in .env has no effect.</para></summary>
/// <code run="true">Get-LabVariable API_PORT | Select-Object Source, Value -ExpandProperty Shadows</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabVariable", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabVariable))]
public sealed class GetLabVariableCommand : LabProjectCmdlet
{
    /// <summary><para type="description">The names of the variables to list. Default: all.</para></summary>
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
        // Without interpolation, a project loads even if a required variable is not set. This command is needed most in that case.
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
