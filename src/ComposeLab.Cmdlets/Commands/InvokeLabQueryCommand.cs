using System.Collections;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Queries;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Files;
using ComposeLab.Pipeline;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Runs SQL on the database of a stack and writes the rows as objects.</para>
/// <para type="description">Logs in as the user of the service (POSTGRES_USER). If the port of the database is not published, as in Prod, the connection uses a
/// command inside the database container. No port is published and nothing is left behind. Rows are written as they arrive, with .NET types. All values of a column
/// have the same type: a numeric column contains decimals, or text if it is declared with more than 28 digits. Parameter values are bound and never become part of the
/// SQL. Server warnings are written as warnings, and notices to the verbose stream. Ctrl-C cancels the query on the server. All lines from the pipeline form one query:
/// Get-Content report.sql | Invoke-LabQuery.</para>
/// </summary>
/// <example>
/// <summary><para>Lists the connections to the bundled lab's database.</para></summary>
/// <code>Invoke-LabQuery 'SELECT pid, usename, state, query_start FROM pg_stat_activity'</code>
/// </example>
/// <example>
/// <summary><para>Binds values by name.</para></summary>
/// <code>Invoke-LabQuery 'SELECT @a::int + @b::int AS sum' -Parameter @{ a = 1; b = 2 }</code>
/// </example>
/// <example>
/// <summary><para>Runs the statements in a file.</para></summary>
/// <code>Invoke-LabQuery -InputFile ./report.sql</code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LabQuery", DefaultParameterSetName = "Path")]
[OutputType(typeof(PSObject))]
public sealed class InvokeLabQueryCommand : LabEngineCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary><para type="description">The SQL: one statement, or several separated by semicolons. All pipeline input forms one query.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string? Query { get; set; }

    /// <summary><para type="description">A file that contains the SQL. You can also pass a file that ends in .sql to -Path; the project is then searched in its
    /// folder and the parent folders.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InputFile { get; set; }

    /// <summary><para type="description">Values by name. The SQL refers to them as @name.</para></summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Parameter { get; set; } = [];

    /// <summary><para type="description">The database service. Default: the service whose image or variables identify it as PostgreSQL.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <summary><para type="description">The database name. Default: the database of the service (POSTGRES_DB).</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary><para type="description">The time limit for login and query, in seconds. The query is then canceled on the server. Default: 30.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; } = 30;

    /// <inheritdoc/>
    private protected override bool RunsOnce => true;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        if (_lines.Count == 0)
        {
            if (Path is { } path && path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && InputFile is null)
            {
                InputFile = path;
                Path = System.IO.Path.GetDirectoryName(ResolvePath(path));
            }

            InputFile = InputFile is null ? null : ResolvePath(InputFile);
            base.Prepare();
        }

        _lines.Add(Query ?? "");
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        string query = InputFile is null ? string.Join('\n', _lines) : TextFile.Read(InputFile, token);
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new LabException(LabErrorId.QueryFailed, "No SQL specified.", "Invoke-LabQuery 'SELECT 1'");
        }

        ComposeProject project = LoadProject(output, token);
        ServiceDefinition service = DatabaseServices.Database(project, Service);
        using var deadline = new Deadline(TimeSpan.FromSeconds(TimeoutSec), token);
        try
        {
            using EngineSession session = await EngineSession.OpenAsync(Selection, deadline.Token).ConfigureAwait(false);
            await using DatabaseAccess access = await DatabaseAccess.OpenAsync(
                session, Selection, project, service, new AccessRequest(Database), deadline.Token).ConfigureAwait(false);
            await new QueryRun(access, output).RunAsync(query, Parameter, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new LabException(
                LabErrorId.TimedOut, $"The query did not finish within {TimeoutSec} s and was canceled on the server.", "Raise -TimeoutSec", service.Name);
        }
    }
}
