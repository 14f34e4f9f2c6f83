using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Files;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Reporting;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Writes a report about a project and its stack as one HTML file.</para>
/// <para type="description">The report shows the services and what they depend on as a drawing, the health of every container, the sizes of the images of every lab
/// profile, what the rules found, and how the profiles differ. The file needs nothing beside it, and is light or dark as the reader's system is. Secrets are masked.
/// Where no engine answers, the report is written all the same and says so, and the command writes the error EngineUnreachable. A file that is there is
/// replaced.</para>
/// </summary>
/// <example>
/// <summary><para>Reports on the bundled lab as it runs for development.</para></summary>
/// <code run="true">Export-LabReport -Path report.html -Profile Dev</code>
/// </example>
/// <example>
/// <summary><para>Reports on another project, in a file that is named after the day.</para></summary>
/// <code>Export-LabReport "shop-$(Get-Date -Format yyyy-MM-dd).html" -ProjectPath ./shop -Profile Prod</code>
/// </example>
[Cmdlet(VerbsData.Export, "LabReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLabReportCommand : LabCmdlet
{
    private ProjectSelection _selection = null!;
    private string _file = "";

    /// <summary><para type="description">The file to write.</para></summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary><para type="description">The lab profile that the stack runs with; see about_LabProfile. Without it the base file stands alone.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(LabProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary><para type="description">The project: a folder or a compose file. Without it the bundled lab is meant.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProjectPath { get; set; }

    /// <summary><para type="description">The stack's name, instead of the one the files give.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ProjectName { get; set; }

    /// <summary><para type="description">Files of variables to read instead of .env; a later one wins.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] EnvFile { get; set; } = [];

    /// <summary><para type="description">The Compose profiles to switch on; * means all.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ComposeProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ComposeProfile { get; set; } = [];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _file = ResolvePath(Path);
        _selection = new ProjectSelection
        {
            Profile = Profile,
            Path = ProjectPath is null ? null : ResolvePath(ProjectPath),
            EnvFiles = [.. EnvFile.Select(ResolvePath)],
            ProjectName = ProjectName,
            ComposeProfiles = ComposeProfile,
            Location = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
            Environment = ProcessEnvironment.Read(),
        };
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        if (!await output.ShouldProcessAsync($"Write {_file}", $"Write {_file}?", "Export-LabReport").ConfigureAwait(false))
        {
            return;
        }

        string page = HtmlReport.Write(await new ReportGathering(_selection, output).GatherAsync(token).ConfigureAwait(false));
        await PrivateFile.WriteAsync(_file, page, PrivateFile.Everybody, token).ConfigureAwait(false);
        await output.WriteAsync(new FileInfo(_file)).ConfigureAwait(false);
    }
}
