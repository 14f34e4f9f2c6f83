using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Pipeline;
using ComposeLab.Progress;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Tests the database of a stack and finds the cause if it cannot be used.</para>
/// <para type="description">Checks from the outside in: engine, container, health, the API and its /db-check, then the PostgreSQL login of the API step by step, up
/// to SELECT 1. If the port of the database is not published, as in Prod, the login uses a command inside the database container. No port is published and nothing
/// is left behind. A failure is reported with one cause and the command that fixes it. Works for any project with a PostgreSQL service. The logins are read from the
/// containers and the merged configuration (POSTGRES_* and their _FILE forms, database URLs). With -Wait, the test is repeated until the database can be
/// used.</para>
/// </summary>
/// <example>
/// <summary><para>Tests the bundled lab.</para></summary>
/// <code run="true">Test-LabDb</code>
/// </example>
/// <example>
/// <summary><para>Shows every check with its duration.</para></summary>
/// <code>(Test-LabDb -Profile Prod).Checks</code>
/// </example>
/// <example>
/// <summary><para>Restarts another project in a script if its database cannot be used.</para></summary>
/// <code>if (-not (Test-LabDb -Path ./shop -Quiet)) { Restart-LabStack -Path ./shop }</code>
/// </example>
/// <example>
/// <summary><para>Waits up to a minute for a database that is recovering, then runs a query.</para></summary>
/// <code run="true">if (Test-LabDb -Wait -TimeoutSec 60 -Quiet) { Invoke-LabQuery 'SELECT count(*) FROM pg_stat_activity' }</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "LabDb", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabDbTestResult), typeof(bool))]
public sealed class TestLabDbCommand : LabEngineCmdlet
{
    private const int TestSeconds = 15;
    private const int WaitSeconds = 300;

    /// <summary><para type="description">The database service. Default: the service whose image or variables identify it as PostgreSQL.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <summary><para type="description">The service that uses the database. Default: the service with a database URL, if there is one.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Api { get; set; }

    /// <summary><para type="description">Repeats the test until the database can be used, then returns the result. After a timeout, returns the last diagnosis.
    /// Nothing is written before that; the progress bar shows the current cause.</para></summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary><para type="description">The time limit, in seconds. Checks that have not run by then are skipped. Default: 15; with -Wait 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Returns true or false instead of the result.</para></summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = LoadProject(output, token);
        LabDbTestResult result = await LookAsync(DatabaseTest.Of(Selection, project, Service, Api), output, token).ConfigureAwait(false);
        foreach (LabDbCheck check in result.Checks)
        {
            output.Verbose(check.ToString());
        }

        await output.WriteAsync(Quiet ? result.Ok : result).ConfigureAwait(false);
    }

    private async Task<LabDbTestResult> LookAsync(DatabaseTest test, IPipelineOutput output, CancellationToken token)
    {
        if (!Wait)
        {
            return await test.RunAsync(TimeSpan.FromSeconds(TimeoutSec ?? TestSeconds), token).ConfigureAwait(false);
        }

        using var board = new ProgressBoard(output, "Wait for the database", 0, TimeProvider.System);
        return await new DatabaseWait(test, board).RunAsync(TimeSpan.FromSeconds(TimeoutSec ?? WaitSeconds), token).ConfigureAwait(false);
    }
}
