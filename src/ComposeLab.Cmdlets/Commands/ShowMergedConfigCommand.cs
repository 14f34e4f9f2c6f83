using System.Management.Automation;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Writing;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Shows the merged configuration of a project.</para>
/// <para type="description">Reads the Compose files, replaces variables, merges the overlay into the base file, and prints the result like docker compose config: as
/// YAML or JSON text, or as objects. Values that look secret (passwords, tokens, keys, the password in a URL) are masked unless you specify -ShowSecret. Does not
/// need an engine.</para>
/// </summary>
/// <example>
/// <summary><para>Shows the configuration of the bundled lab with Prod.</para></summary>
/// <code run="true">Show-MergedConfig -Profile Prod</code>
/// </example>
/// <example>
/// <summary><para>Shows the source of each value: file, line and column.</para></summary>
/// <code run="true">Show-MergedConfig -Profile Dev -Origin</code>
/// </example>
/// <example>
/// <summary><para>Reads one value of another project.</para></summary>
/// <code>(Show-MergedConfig -Path ./shop -AsObject).services.web.image</code>
/// </example>
/// <example>
/// <summary><para>Shows the source of one value, the value it replaced, and the variables it contains.</para></summary>
/// <code run="true">(Show-MergedConfig -Profile Dev -AsObject).OriginOf('services.api.image')</code>
/// </example>
[Cmdlet(VerbsCommon.Show, "MergedConfig", DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(LabConfig))]
public sealed class ShowMergedConfigCommand : LabProjectCmdlet
{
    /// <summary><para type="description">Does not replace variables.</para></summary>
    [Parameter]
    public SwitchParameter NoInterpolate { get; set; }

    /// <summary><para type="description">The output format: Yaml or Json.</para></summary>
    [Parameter]
    public MergedConfigFormat Format { get; set; } = MergedConfigFormat.Yaml;

    /// <summary><para type="description">Adds a comment to each value that shows its source. YAML only.</para></summary>
    [Parameter]
    public SwitchParameter Origin { get; set; }

    /// <summary><para type="description">Shows secret values instead of masking them.</para></summary>
    [Parameter]
    public SwitchParameter ShowSecret { get; set; }

    /// <summary><para type="description">Writes the configuration as objects with the keys of the specification as properties, instead of text. Each mapping has a
    /// method OriginOf(path) that returns the source of a value.</para></summary>
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
