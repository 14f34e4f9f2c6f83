using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Compares the merged configs of two lab profiles, or of two sets of files.</para>
/// <para type="description">Loads both, compares them value by value and says of each difference where both values come from: file and line. Ports, mounts and the
/// like are compared by what they are for, not by their place in the list. Nothing is written when nothing differs. Values that look secret are masked unless
/// -ShowSecret is given; a difference between two secrets is told all the same. No engine is needed.</para>
/// </summary>
/// <example>
/// <summary><para>Shows how Prod differs from Dev in the bundled lab.</para></summary>
/// <code run="true">Compare-LabConfig</code>
/// </example>
/// <example>
/// <summary><para>Shows what an overlay changes for one service of another project.</para></summary>
/// <code>Compare-LabConfig -ReferenceProfile '' -DifferenceProfile Prod -Path ./shop -Service web</code>
/// </example>
/// <example>
/// <summary><para>Compares two sets of files.</para></summary>
/// <code>Compare-LabConfig -ReferenceFile compose.yaml -DifferenceFile compose.yaml, compose.ci.yaml</code>
/// </example>
[Cmdlet(VerbsData.Compare, "LabConfig", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabConfigDifference))]
public sealed class CompareLabConfigCommand : LabSelectionCmdlet
{
    private ProjectSelection _reference = null!;
    private ProjectSelection _difference = null!;

    /// <summary><para type="description">The lab profile to compare with; an empty text means the base file alone. Default: Dev.</para></summary>
    [Parameter(Position = 0, ParameterSetName = ByPath)]
    [Parameter(Position = 0, ParameterSetName = ByLiteralPath)]
    [Parameter(Position = 0, ParameterSetName = ByBundledLab)]
    [ArgumentCompleter(typeof(LabProfileCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string? ReferenceProfile { get; set; } = "Dev";

    /// <summary><para type="description">The lab profile that is compared; an empty text means the base file alone. Default: Prod.</para></summary>
    [Parameter(Position = 1, ParameterSetName = ByPath)]
    [Parameter(Position = 1, ParameterSetName = ByLiteralPath)]
    [Parameter(Position = 1, ParameterSetName = ByBundledLab)]
    [ArgumentCompleter(typeof(LabProfileCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string? DifferenceProfile { get; set; } = "Prod";

    /// <summary><para type="description">The compose files to compare with, in the order they are merged.</para></summary>
    [Parameter(ParameterSetName = ByFile, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] ReferenceFile { get; set; } = [];

    /// <summary><para type="description">The compose files that are compared, in the order they are merged.</para></summary>
    [Parameter(ParameterSetName = ByFile, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] DifferenceFile { get; set; } = [];

    /// <summary><para type="description">Only differences of these services; wildcards are allowed.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Service { get; set; } = [];

    /// <summary><para type="description">Shows secret values instead of masking them.</para></summary>
    [Parameter]
    public SwitchParameter ShowSecret { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _reference = Select(ReferenceProfile, ReferenceFile);
        _difference = Select(DifferenceProfile, DifferenceFile);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject reference = ProjectLoading.Read(_reference, output, token);
        ComposeProject difference = ProjectLoading.Read(_difference, output, token);
        WildcardPattern[] services = [.. Service.Select(name => new WildcardPattern(name))];
        foreach (LabConfigDifference found in new ConfigDifferences(reference, difference, ShowSecret ? null : KnownSecrets.MaskOf(reference, difference)).All())
        {
            if (services.Length == 0 || services.Any(name => found.Service is not null && name.IsMatch(found.Service)))
            {
                await output.WriteAsync(found).ConfigureAwait(false);
            }
        }
    }

    private ProjectSelection Select(string? profile, string[] files) => WithStackFiles(new()
    {
        BundledLab = BundledLab,
        Path = ResolveSelectedPath(),
        Files = [.. files.Select(ResolvePath)],
        EnvFiles = [.. EnvFile.Select(ResolvePath)],
        ProjectDirectory = ResolveProjectDirectory(files.Length > 0),
        ComposeProfiles = ComposeProfile,
        Location = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        Environment = ProcessEnvironment.Read(),
    }) with { Profile = ParameterSetName == ByFile || string.IsNullOrEmpty(profile) ? null : profile };
}
