using System.Management.Automation;
using ComposeLab.Files;
using ComposeLab.Pipeline;
using ComposeLab.Reporting;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Writes a report about a project and its stack as one HTML file.</para>
/// <para type="description">The report shows a diagram of the services and their dependencies, the health of every container, the last health probe and log lines of
/// containers that failed, the result of the database test, the image sizes of every lab profile, the findings of the rules, and the differences between the profiles. The file is self-contained and follows the reader's light or dark mode. Secrets are masked.
/// If the engine is unreachable, the report is still written, with a note, and the command writes the error EngineUnreachable. An existing file is
/// overwritten.</para>
/// </summary>
/// <example>
/// <summary><para>Writes a report about the bundled lab with the profile Dev.</para></summary>
/// <code run="true">Export-LabReport report.html -Profile Dev</code>
/// </example>
/// <example>
/// <summary><para>Writes a report about another project to a file whose name contains the date.</para></summary>
/// <code>Export-LabReport "shop-$(Get-Date -Format yyyy-MM-dd).html" -Path ./shop -Profile Prod</code>
/// </example>
[Cmdlet(VerbsData.Export, "LabReport", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLabReportCommand : LabEngineCmdlet
{
    private string _file = "";
    private string _moduleVersion = "";

    /// <summary><para type="description">The file to write. An existing file is overwritten.</para></summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string OutFile { get; set; } = "";

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _file = ResolvePath(OutFile);
        _moduleVersion = MyInvocation.MyCommand.Module?.Version.ToString() ?? "";
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        if (!await output.ShouldProcessAsync($"Write {_file}", $"Write {_file}?", "Export-LabReport").ConfigureAwait(false))
        {
            return;
        }

        string page = HtmlReport.Write(await new ReportGathering(Selection, _moduleVersion, output).GatherAsync(token).ConfigureAwait(false));
        await PrivateFile.WriteAsync(_file, page, PrivateFile.Everybody, token).ConfigureAwait(false);
        await output.WriteAsync(new FileInfo(_file)).ConfigureAwait(false);
    }
}
