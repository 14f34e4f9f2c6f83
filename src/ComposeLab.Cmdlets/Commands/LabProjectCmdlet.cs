using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets that work on a project. They all select it with the same parameters.</summary>
public abstract class LabProjectCmdlet : LabSelectionCmdlet
{
    // Properties that a pipeline object may have without identifying its stack.
    private static readonly string[] Parts = ["Service", "Container", "Number"];

    private bool _isOnlyNamed;

    /// <summary><para type="description">The lab profile: the overlay file next to the base file. -Profile Dev equals docker compose -f compose.yaml -f
    /// compose.dev.yaml. It does not enable Compose profiles. Default: the base file alone.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabProfileCompleter))]
    [NoneIfEmpty]
    public string? Profile { get; set; }

    /// <summary><para type="description">The Compose files in merge order, relative to the current location, like docker compose -f.</para></summary>
    [Parameter(ParameterSetName = ByFile, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public virtual string[] File { get; set; } = [];

    /// <summary><para type="description">Overrides the project name, so that one project can run as several stacks. Accepts pipeline input by property name,
    /// also from docker compose ps --format json.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Project")]
    [OneValue]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string? ProjectName { get; set; }

    /// <summary>The user's choice, read from the session before the work starts.</summary>
    private protected ProjectSelection Selection { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        bool hasFiles = HasPath || File.Length > 0;
        if (ProjectName is null && !hasFiles && Parts.FirstOrDefault(IsPiped) is { } part)
        {
            // Its service may have the same name as one in the bundled lab. That does not mean that it belongs to the bundled lab.
            throw new LabException(
                LabErrorId.StackNotNamed,
                $"The pipeline object has a {part} but no ProjectName, so its stack is unknown. Specify -ProjectName or -Path.",
                $"{MyInvocation.MyCommand.Name} -ProjectName NAME");
        }

        Select(Select());
        _isOnlyNamed = IsPiped(nameof(ProjectName)) && !hasFiles && Selection.Files.Count == 0;
    }

    /// <inheritdoc/>
    private protected sealed override string Typed(string command) =>
        // An invalid path is reported before there is a selection.
        Selection is null ? command : new CommandText(Selection).Of(command);

    /// <summary>Uses a selection that was made elsewhere.</summary>
    /// <param name="selection">The selection.</param>
    private protected void Select(ProjectSelection selection) => Selection = selection;

    private ProjectSelection Select() => WithStackFiles(new()
    {
        Profile = string.IsNullOrEmpty(Profile) ? null : Profile,
        BundledLab = BundledLab,
        Path = ResolveSelectedPath(),
        Files = [.. File.Select(AsTyped)],
        EnvFiles = [.. EnvFile.Select(AsTyped)],
        ProjectName = ProjectName,
        ProjectDirectory = ResolveProjectDirectory(File.Length > 0),
        ComposeProfiles = ComposeProfile,
        AllowRemote = AllowRemote,
        Location = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        Environment = ProcessEnvironment.Read(SessionState.Path.CurrentFileSystemLocation.ProviderPath),
    });

    /// <summary>Loads the selected project.</summary>
    /// <param name="output">Where warnings go.</param>
    /// <param name="token">Cancels the load.</param>
    /// <param name="services">The services to load, with those they depend on; null or empty for all.</param>
    /// <returns>The project.</returns>
    /// <exception cref="LabException">ComposeFileNotFound: the pipeline identifies a different stack than the files.</exception>
    private protected ComposeProject LoadProject(IPipelineOutput output, CancellationToken token, IReadOnlyList<string>? services = null)
    {
        if (_isOnlyNamed && ProjectLoading.NameOf(Selection with { ProjectName = null }, token) is var own && own != ProjectName)
        {
            // Otherwise the bundled lab would be loaded under the name of another stack, and that stack changed or checked with it.
            throw new LabException(
                LabErrorId.ComposeFileNotFound,
                $"The Compose files of stack '{ProjectName}' are unknown: the pipeline object contains only its name, and without -Path or -File the project is '{own}'.",
                $"Get-LabStack {CommandText.Quote(ProjectName!)} | ForEach-Object {{ {MyInvocation.MyCommand.Name} -File $_.ConfigFiles -ProjectDirectory $_.WorkingDirectory -ProjectName $_.ProjectName }}",
                ProjectName);
        }

        return ProjectLoading.Load(Selection with { Services = services ?? [] }, output, token);
    }

    // Messages show a path as it was typed. Only parts that PowerShell alone understands, such as ~ or a drive, are replaced.
    private string AsTyped(string path)
    {
        if (RemoteReference.Of(path) is not null)
        {
            return path;
        }

        string resolved = ResolvePath(path);
        string location = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        return string.Equals(System.IO.Path.GetFullPath(path, location), resolved, StringComparison.Ordinal) ? path : resolved;
    }
}
