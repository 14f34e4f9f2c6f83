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
/// <para type="description">Logs in as the service's own user (POSTGRES_USER). Where the database's port is not published, as in Prod, the session goes through a command
/// inside the database's container; nothing is published and nothing is left behind. Rows are written as they arrive, with .NET's own types;
/// all values of a column have one type: a numeric column is decimal, or text where it is declared with more than 28 digits; values are bound and never
/// become a part of the SQL; warnings of the server are warnings, its notices go to the verbose stream; Ctrl-C cancels the query on the server. Lines from the pipeline are
/// one query: Get-Content report.sql | Invoke-LabQuery.</para>
/// </summary>
/// <example>
/// <summary><para>Shows who is connected to the bundled lab's database.</para></summary>
/// <code>Invoke-LabQuery 'SELECT pid, usename, state, query_start FROM pg_stat_activity'</code>
/// </example>
/// <example>
/// <summary><para>Binds values by name.</para></summary>
/// <code>Invoke-LabQuery 'SELECT @a::int + @b::int AS sum' -Parameter @{ a = 1; b = 2 }</code>
/// </example>
/// <example>
/// <summary><para>Runs a file of statements.</para></summary>
/// <code>Invoke-LabQuery -InputFile ./report.sql</code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LabQuery", DefaultParameterSetName = "Path")]
[OutputType(typeof(PSObject))]
public sealed class InvokeLabQueryCommand : LabProjectCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary><para type="description">The SQL: one statement, or several with semicolons between them. Everything from the pipeline is one query.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string? Query { get; set; }

    /// <summary><para type="description">A file that holds the SQL. -Path with a file that ends in .sql does the same, for the project in whose folder, or below it, the file
    /// is.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InputFile { get; set; }

    /// <summary><para type="description">Values by name, which stand in the SQL as @name.</para></summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Parameter { get; set; } = [];

    /// <summary><para type="description">The database's service. Default: the one whose image or variables say PostgreSQL.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <summary><para type="description">The database. Default: the one that the service was told to make (POSTGRES_DB).</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary><para type="description">The longest that login and query may take, in seconds; then the query is cancelled on the server. Default: 30.</para></summary>
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
            throw new LabException(LabErrorId.QueryFailed, "There is no SQL to run.", "Invoke-LabQuery 'SELECT 1'");
        }

        ComposeProject project = LoadProject(output, token);
        ServiceDefinition service = DatabaseServices.Database(project, Service);
        using var deadline = new Deadline(TimeSpan.FromSeconds(TimeoutSec), token);
        try
        {
            using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, deadline.Token).ConfigureAwait(false);
            await using DatabaseAccess access = await DatabaseAccess.OpenAsync(
                session, Selection, project, service, new AccessRequest(Database), deadline.Token).ConfigureAwait(false);
            await new QueryRun(access, output).RunAsync(query, Parameter, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw new LabException(
                LabErrorId.TimedOut, $"The query did not end within {TimeoutSec} s and was cancelled on the server.", "Raise -TimeoutSec", service.Name);
        }
    }
}
