using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Pipeline;
using ComposeLab.Progress;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Tests the database of a stack and names the cause when it cannot be used.</para>
/// <para type="description">Looks from the outside in: engine, container, health, the API and its /db-check, then the API's own login to PostgreSQL step by step, up to
/// SELECT 1. Where the database's port is not published, as in Prod, the login goes through a command inside the database's container: nothing is published and
/// nothing is left behind. What fails gets one cause and what to type against it. Works for any project with a PostgreSQL service; logins are read from the containers and
/// the merged config (POSTGRES_* and their _FILE forms, database URLs). With -Wait it looks again and again until the database can be used.</para>
/// </summary>
/// <example>
/// <summary><para>Tests the bundled lab.</para></summary>
/// <code run="true">Test-LabDb</code>
/// </example>
/// <example>
/// <summary><para>Shows every check with how long it took.</para></summary>
/// <code>(Test-LabDb -Profile Prod).Checks</code>
/// </example>
/// <example>
/// <summary><para>Restarts another project in a script when its database cannot be used.</para></summary>
/// <code>if (-not (Test-LabDb -Path ./shop -Quiet)) { Restart-LabStack -Path ./shop }</code>
/// </example>
/// <example>
/// <summary><para>Waits at most a minute for a database that recovers, and goes on when it can be used.</para></summary>
/// <code run="true">if (Test-LabDb -Wait -TimeoutSec 60 -Quiet) { Invoke-LabQuery 'SELECT count(*) FROM pg_stat_activity' }</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "LabDb", DefaultParameterSetName = "Path")]
[OutputType(typeof(LabDbTestResult), typeof(bool))]
public sealed class TestLabDbCommand : LabProjectCmdlet
{
    private const int TestSeconds = 15;
    private const int WaitSeconds = 300;

    /// <summary><para type="description">The database's service. Default: the one whose image or variables say PostgreSQL.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <summary><para type="description">The service that uses the database. Default: the one with a database URL, if there is one.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Api { get; set; }

    /// <summary><para type="description">Tests again and again until the database can be used, and answers then; when the time is up, with the last diagnosis. Nothing is
    /// written before that; the progress shows the cause of the moment.</para></summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary><para type="description">The longest it may take, in seconds. Checks that were not made by then are skipped. Default: 15; with -Wait 300.</para></summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int? TimeoutSec { get; set; }

    /// <summary><para type="description">Answers with true or false instead of the result.</para></summary>
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
