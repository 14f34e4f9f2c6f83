using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Compares the merged configuration of two lab profiles, or of two sets of files.</para>
/// <para type="description">Loads both configurations, compares them value by value, and shows the file and line of both values of each difference. List items such
/// as ports and mounts are compared by what they identify, not by their position in the list. Nothing is written if there is no difference. Secret values are masked
/// unless you specify -ShowSecret; a difference between two secrets is still reported. Does not need an engine.</para>
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

    /// <summary><para type="description">The lab profile to compare with. An empty string means the base file alone. Default: Dev.</para></summary>
    [Parameter(Position = 0, ParameterSetName = ByPath)]
    [Parameter(Position = 0, ParameterSetName = ByLiteralPath)]
    [Parameter(Position = 0, ParameterSetName = ByBundledLab)]
    [ArgumentCompleter(typeof(LabProfileCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string? ReferenceProfile { get; set; } = "Dev";

    /// <summary><para type="description">The lab profile to compare. An empty string means the base file alone. Default: Prod.</para></summary>
    [Parameter(Position = 1, ParameterSetName = ByPath)]
    [Parameter(Position = 1, ParameterSetName = ByLiteralPath)]
    [Parameter(Position = 1, ParameterSetName = ByBundledLab)]
    [ArgumentCompleter(typeof(LabProfileCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string? DifferenceProfile { get; set; } = "Prod";

    /// <summary><para type="description">The Compose files to compare with, in merge order.</para></summary>
    [Parameter(ParameterSetName = ByFile, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] ReferenceFile { get; set; } = [];

    /// <summary><para type="description">The Compose files to compare, in merge order.</para></summary>
    [Parameter(ParameterSetName = ByFile, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] DifferenceFile { get; set; } = [];

    /// <summary><para type="description">Shows only differences of these services.</para></summary>
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
        Files = [.. files.Select(file => RemoteReference.Of(file) is null ? ResolvePath(file) : file)],
        AllowRemote = AllowRemote,
        EnvFiles = [.. EnvFile.Select(ResolvePath)],
        ProjectDirectory = ResolveProjectDirectory(files.Length > 0),
        ComposeProfiles = ComposeProfile,
        Location = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        Environment = ProcessEnvironment.Read(SessionState.Path.CurrentFileSystemLocation.ProviderPath),
    }) with
    { Profile = ParameterSetName == ByFile || string.IsNullOrEmpty(profile) ? null : profile };
}
