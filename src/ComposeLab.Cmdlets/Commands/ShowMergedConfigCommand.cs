using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Writing;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Shows the merged configuration of a project.</para>
/// <para type="description">Reads the Compose files, replaces variables, merges the overlay into the base file, and prints the result like docker compose config: as
/// YAML or JSON text, or as objects, or only the names of one kind of its parts. Values that look secret (passwords, tokens, keys, the password in a URL) are masked unless you specify -ShowSecret. Does not
/// need an engine, except with -Resolve and -Lock.</para>
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
/// <example>
/// <summary><para>Pins the images of another project to what the registries have now. Start-LabStack -Profile lock uses the result.</para></summary>
/// <code>Show-MergedConfig -Path ./shop -Lock | Set-Content ./shop/compose.lock.yaml</code>
/// </example>
/// <example>
/// <summary><para>Lists the images that the project needs, one per line.</para></summary>
/// <code run="true">Show-MergedConfig -Profile Prod -Only Images</code>
/// </example>
/// <example>
/// <summary><para>Finds the containers whose configuration differs from the files: their label has another hash.</para></summary>
/// <code run="true">Show-MergedConfig -Hash</code>
/// </example>
[Cmdlet(VerbsCommon.Show, "MergedConfig", DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(LabConfig), typeof(LabServiceHash))]
public sealed class ShowMergedConfigCommand : LabEngineCmdlet
{
    private LabConfigPart? _only;

    /// <summary><para type="description">The services to show, with those they depend on; their Compose profiles are enabled. With -Hash, only the named services.
    /// Default: all.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Lists only the names of one kind: Services, Images, Volumes, Networks, Profiles or Models.</para></summary>
    [Parameter]
    [OneValue]
    public LabConfigPart Only { get; set; }

    /// <summary><para type="description">Lists the config hash of each service, which its containers have as a label, instead of the configuration.</para></summary>
    [Parameter]
    public SwitchParameter Hash { get; set; }

    /// <summary><para type="description">Does not replace variables.</para></summary>
    [Parameter]
    public SwitchParameter NoInterpolate { get; set; }

    /// <summary><para type="description">Keeps relative paths as they are in the files.</para></summary>
    [Parameter]
    public SwitchParameter NoPathResolution { get; set; }

    /// <summary><para type="description">Keeps env_file instead of reading the variables in these files.</para></summary>
    [Parameter]
    public SwitchParameter NoEnvResolution { get; set; }

    /// <summary><para type="description">Does not check references between the parts of the project, such as a service without an image or an undefined network. docker
    /// compose may reject the result.</para></summary>
    [Parameter]
    public SwitchParameter NoConsistency { get; set; }

    /// <summary><para type="description">The output format: Yaml or Json.</para></summary>
    [Parameter]
    [OneValue]
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

    /// <summary><para type="description">Adds the digest of each image, as its registry has it now, to the image's name. Needs an engine. Images that a service builds are
    /// kept as they are.</para></summary>
    [Parameter]
    public SwitchParameter Resolve { get; set; }

    /// <summary><para type="description">Prints only an overlay file with the images and their digests. Saved as compose.lock.yaml next to the base file, -Profile lock
    /// starts exactly these images.</para></summary>
    [Parameter]
    public SwitchParameter Lock { get; set; }

    private protected override IReadOnlyList<ParameterConflict> Conflicts =>
    [
        new(nameof(Hash), [nameof(Only), nameof(NoInterpolate), .. Text, .. Digests]),
        new(nameof(Only), [.. Text, .. Digests]),
        new(nameof(NoInterpolate), Digests),
        new(nameof(Service), [nameof(NoInterpolate)]),
    ];

    private static string[] Digests => [nameof(Resolve), nameof(Lock)];

    private static string[] Text => [nameof(AsObject), nameof(Format), nameof(Origin)];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _only = IsGiven(nameof(Only)) ? Only : null;
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = ProjectLoading.Load(
            Selection with
            {
                Services = Service,
                Interpolate = !NoInterpolate,
                ResolvePaths = !NoPathResolution,
                ResolveEnvironment = !NoEnvResolution,
                CheckConsistency = !NoConsistency,
            },
            output,
            token);
        if (Resolve || Lock)
        {
            using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
            IReadOnlyDictionary<string, string> digests = await ImageDigests.ReadAsync(project, session.Images, token).ConfigureAwait(false);
            project = Lock ? PinnedImages.Overlay(project, digests) : PinnedImages.Apply(project, digests);
        }

        await (this switch
        {
            { _only: { } part } => output.WriteEachAsync(ConfigParts.Of(project, part)),
            { Hash.IsPresent: true } => output.WriteEachAsync(Hashes(project)),
            _ => output.WriteAsync(Config(project)),
        }).ConfigureAwait(false);
    }

    private IReadOnlyList<LabServiceHash> Hashes(ComposeProject project) =>
    [
        .. project.Services.Values.Where(service => Service.Length == 0 || Service.Contains(service.Name, StringComparer.Ordinal))
            .Select(service => new LabServiceHash { ProjectName = project.Name, Service = service.Name, Hash = ConfigHash.ForService(service) }),
    ];

    private object Config(ComposeProject project)
    {
        SecretMask? mask = ShowSecret ? null : project.Mask;
        var options = new ComposeWriteOptions { Mask = mask, Origins = Origin };
        return this switch
        {
            { AsObject.IsPresent: true } => ConfigObjects.Of(mask is null ? project.Tree : MaskedTree.Of(project.Tree, mask)),
            { Format: MergedConfigFormat.Json } => ComposeJsonWriter.Write(project, options),
            _ => ComposeYamlWriter.Write(project, options),
        };
    }
}
