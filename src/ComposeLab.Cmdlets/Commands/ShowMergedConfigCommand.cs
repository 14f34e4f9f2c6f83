using System.Management.Automation;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Writing;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Shows the merged config of a project.</para>
/// <para type="description">Reads the compose files, replaces variables, merges the overlay over the base and prints the result as docker compose config does: one
/// string of YAML or JSON, or objects. Values that look secret (passwords, tokens, keys, the password inside a URL) are masked unless -ShowSecret is given. No engine
/// is needed.</para>
/// </summary>
/// <example>
/// <summary><para>Shows what Prod makes of the bundled lab.</para></summary>
/// <code run="true">Show-MergedConfig -Profile Prod</code>
/// </example>
/// <example>
/// <summary><para>Shows where each value comes from: file, line and column.</para></summary>
/// <code run="true">Show-MergedConfig -Profile Dev -Origin</code>
/// </example>
/// <example>
/// <summary><para>Reads one value of another project.</para></summary>
/// <code>(Show-MergedConfig -Path ./shop -AsObject).services.web.image</code>
/// </example>
/// <example>
/// <summary><para>Asks where one value comes from, what it replaced and which variables it took in.</para></summary>
/// <code run="true">(Show-MergedConfig -Profile Dev -AsObject).OriginOf('services.api.image')</code>
/// </example>
[Cmdlet(VerbsCommon.Show, "MergedConfig", DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(LabConfig))]
public sealed class ShowMergedConfigCommand : LabProjectCmdlet
{
    /// <summary><para type="description">Leaves variables as they are written.</para></summary>
    [Parameter]
    public SwitchParameter NoInterpolate { get; set; }

    /// <summary><para type="description">The form of the text: Yaml or Json.</para></summary>
    [Parameter]
    public MergedConfigFormat Format { get; set; } = MergedConfigFormat.Yaml;

    /// <summary><para type="description">Follows each value with a comment that says where it comes from. YAML only.</para></summary>
    [Parameter]
    public SwitchParameter Origin { get; set; }

    /// <summary><para type="description">Shows secret values instead of masking them.</para></summary>
    [Parameter]
    public SwitchParameter ShowSecret { get; set; }

    /// <summary><para type="description">Writes the config as objects with the keys of the specification as properties, instead of text. Each mapping has a
    /// method OriginOf(path) that tells where a value comes from.</para></summary>
    [Parameter]
    public SwitchParameter AsObject { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = ProjectLoading.Load(Selection with { Interpolate = !NoInterpolate }, output, token);
        SecretMask? mask = ShowSecret ? null : project.Mask;
        var options = new ComposeWriteOptions { Mask = mask, Origins = Origin };
        object config = this switch
        {
            { AsObject.IsPresent: true } => ConfigObjects.Of(mask is null ? project.Tree : MaskedTree.Of(project.Tree, mask)),
            { Format: MergedConfigFormat.Json } => ComposeJsonWriter.Write(project, options),
            _ => ComposeYamlWriter.Write(project, options),
        };
        return output.WriteAsync(config);
    }
}
