using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Images.Sizes;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Measures the images of a project by lab profile or by layer, or compares two profiles.</para>
/// <para type="description">Writes one object for each lab profile and service: the image size in bytes, its layers, and how many bytes are shared with other images
/// on the engine. Without -Profile, every lab profile of the project is measured. An image that does not exist on the engine is listed with Exists set to false and
/// no size. Nothing is built or pulled.</para>
/// </summary>
/// <example>
/// <summary><para>Shows the images of the bundled lab with Dev and Prod.</para></summary>
/// <code run="true">Get-LabImageSize</code>
/// </example>
/// <example>
/// <summary><para>Lists the layers of the Dev image that the Prod image does not have, largest first.</para></summary>
/// <code>(Get-LabImageSize -Profile Dev -Compare Prod).OnlyHere | Sort-Object Size -Descending</code>
/// </example>
/// <example>
/// <summary><para>Lists the layers of the image that Prod uses.</para></summary>
/// <code>Get-LabImageSize -Profile Prod -Service api -Layer</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "LabImageSize", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabImageSize), ParameterSetName = [ByPath, ByLiteralPath, ByBundledLab, ByFile])]
[OutputType(typeof(LabImageDifference), ParameterSetName = [ComparedByPath, ComparedByLiteralPath, ComparedByBundledLab, ComparedByFile])]
[OutputType(typeof(LabImageLayer), ParameterSetName = [LayerByPath, LayerByLiteralPath, LayerByBundledLab, LayerByFile])]
public sealed class GetLabImageSizeCommand : LabEngineCmdlet
{
    private const string ComparedByPath = "ComparedPath";
    private const string ComparedByLiteralPath = "ComparedLiteralPath";
    private const string ComparedByBundledLab = "ComparedBundledLab";
    private const string ComparedByFile = "ComparedFile";
    private const string LayerByPath = "LayerPath";
    private const string LayerByLiteralPath = "LayerLiteralPath";
    private const string LayerByBundledLab = "LayerBundledLab";
    private const string LayerByFile = "LayerFile";

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ComparedByPath)]
    [Parameter(ParameterSetName = LayerByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string? Path { get => base.Path; set => base.Path = value; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ComparedByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = LayerByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public override string? LiteralPath { get => base.LiteralPath; set => base.LiteralPath = value; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ByBundledLab, Mandatory = true)]
    [Parameter(ParameterSetName = ComparedByBundledLab, Mandatory = true)]
    [Parameter(ParameterSetName = LayerByBundledLab, Mandatory = true)]
    public override SwitchParameter BundledLab { get => base.BundledLab; set => base.BundledLab = value; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ByFile, Mandatory = true)]
    [Parameter(ParameterSetName = ComparedByFile, Mandatory = true)]
    [Parameter(ParameterSetName = LayerByFile, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public override string[] File { get => base.File; set => base.File = value; }

    /// <summary><para type="description">The services to measure. Default: all.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">The lab profile to compare with. Writes one LabImageDifference for each service. Without -Profile, every other lab profile
    /// of the project is compared with it.</para></summary>
    [Parameter(ParameterSetName = ComparedByPath, Mandatory = true)]
    [Parameter(ParameterSetName = ComparedByLiteralPath, Mandatory = true)]
    [Parameter(ParameterSetName = ComparedByBundledLab, Mandatory = true)]
    [Parameter(ParameterSetName = ComparedByFile, Mandatory = true)]
    [Parameter(ParameterSetName = LayerByPath)]
    [Parameter(ParameterSetName = LayerByLiteralPath)]
    [Parameter(ParameterSetName = LayerByBundledLab)]
    [Parameter(ParameterSetName = LayerByFile)]
    [ArgumentCompleter(typeof(LabProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Compare { get; set; }

    /// <summary><para type="description">Writes one LabImageLayer for each layer instead: its instruction, its size in bytes and its share of the image. With
    /// -Compare, only the layers that the image of the other profile does not have.</para></summary>
    [Parameter(ParameterSetName = LayerByPath, Mandatory = true)]
    [Parameter(ParameterSetName = LayerByLiteralPath, Mandatory = true)]
    [Parameter(ParameterSetName = LayerByBundledLab, Mandatory = true)]
    [Parameter(ParameterSetName = LayerByFile, Mandatory = true)]
    public SwitchParameter Layer { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        IReadOnlyList<string> all = [.. LabProfiles.Of(ProjectSelector.BaseFileOf(Selection)).Keys];
        string? reference = Compare is null ? null : Named(all, Compare);
        var profiles = Selection.IsOfStack ? [Selection.Profile ?? ""] : Profile is { Length: > 0 } ? [Named(all, Profile)] : all.Where(profile => profile != reference).DefaultIfEmpty("").ToList();
        var lists = profiles.Append(reference).OfType<string>().Distinct().Select(profile => ProfileImages.Of(Selection, profile, output, token)).ToList();
        ProfileImages.Check(lists, Service);

        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        var sizes = new ImageSizes(session.Engine);
        var measured = new Dictionary<string, IReadOnlyList<ProfileImage>>(StringComparer.Ordinal);
        foreach (ProfileImages list in lists)
        {
            measured[list.Profile] = await list.MeasureAsync(sizes, Service, token).ConfigureAwait(false);
        }

        if (reference is null)
        {
            await WriteSizesAsync(output, [.. profiles.SelectMany(profile => measured[profile])]).ConfigureAwait(false);
            return;
        }

        foreach (string profile in profiles)
        {
            await WriteDifferencesAsync(output, ImageSizeObjects.Differences(profile, measured[profile], reference, measured[reference])).ConfigureAwait(false);
        }
    }

    // An unknown profile name is passed on unchanged: the loader's error lists the existing profiles.
    private static string Named(IReadOnlyList<string> profiles, string name) =>
        profiles.FirstOrDefault(profile => profile.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    private async Task WriteSizesAsync(IPipelineOutput output, IReadOnlyList<ProfileImage> images)
    {
        if (!Layer)
        {
            foreach (LabImageSize size in ImageSizeObjects.Sizes(images))
            {
                await output.WriteAsync(size).ConfigureAwait(false);
            }

            return;
        }

        foreach (ProfileImage image in images)
        {
            if (image.Measure is null)
            {
                await output.WriteErrorAsync(ErrorRecords.From(ProfileImages.Missing(image, Selection))).ConfigureAwait(false);
            }

            foreach (LabImageLayer layer in ImageSizeObjects.Layers(image))
            {
                await output.WriteAsync(layer).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteDifferencesAsync(IPipelineOutput output, IEnumerable<LabImageDifference> differences)
    {
        foreach (LabImageDifference difference in differences)
        {
            foreach (object value in Layer ? difference.OnlyHere : (IEnumerable<object>)[difference])
            {
                await output.WriteAsync(value).ConfigureAwait(false);
            }
        }
    }
}
