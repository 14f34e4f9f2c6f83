using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Invoke-LabQuery on a database whose port is not published.</summary>
[Trait("Needs", "Engine")]
[Collection(nameof(DatabaseCollection))]
public sealed class QueryTests(DatabaseStack stack)
{
    [Fact]
    public void Rows_are_objects_with_the_types_of_dotnet()
    {
        PSObject row = Assert.Single(Query(
            """
            SELECT 1::int AS i, 2::bigint AS b, 1.50::numeric AS n, true AS t, 'text' AS s, NULL AS nothing, '{1,2}'::int[] AS list, '{"a": 1}'::jsonb AS json,
                   '2024-05-06 07:08:09+00'::timestamptz AS moment, '1 day 2 hours'::interval AS span, '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid AS id,
                   'infinity'::timestamptz AS forever, '1 month'::interval AS month, '10.0.0.0/8'::cidr AS net
            """).Output);

        Assert.Equal(1, Value(row, "i"));
        Assert.Equal(2L, Value(row, "b"));
        Assert.Equal(1.50m, Value(row, "n"));
        Assert.Equal(true, Value(row, "t"));
        Assert.Equal("text", Value(row, "s"));
        Assert.Null(Value(row, "nothing"));
        Assert.Equal(new[] { 1, 2 }, Value(row, "list"));
        Assert.IsType<string>(Value(row, "json"));
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero), Value(row, "moment"));
        Assert.Equal(new TimeSpan(1, 2, 0, 0), Value(row, "span"));
        Assert.IsType<Guid>(Value(row, "id"));
        Assert.NotNull(Value(row, "forever"));
        Assert.NotNull(Value(row, "month"));
        Assert.DoesNotContain("Npgsql", Value(row, "net")!.GetType().FullName, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_with_the_same_name_are_kept_apart()
    {
        PSObject row = Assert.Single(Query("SELECT 1 AS a, 2 AS a").Output);

        Assert.Equal(["a", "a_2"], row.Properties.Select(property => property.Name));
    }

    [Fact]
    public void Values_are_bound_and_never_become_part_of_the_query()
    {
        SessionResult result = stack.Run(
            $"Invoke-LabQuery 'SELECT @text AS text, @n::int + 1 AS next, @list AS list, @none::text AS none' {stack.Select} "
            + "-Parameter @{ text = \"'; DROP TABLE x; --\"; n = '41'; list = 1, 2; none = $null }");
        result.Good();
        PSObject row = Assert.Single(result.Output);

        Assert.Equal("'; DROP TABLE x; --", Value(row, "text"));
        Assert.Equal(42, Value(row, "next"));
        Assert.Equal(new[] { 1, 2 }, Value(row, "list"));
        Assert.Null(Value(row, "none"));
    }

    [Fact]
    public void Notices_go_to_the_verbose_stream()
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'DO $$ BEGIN RAISE NOTICE ''heard''; END $$' {stack.Select} -Verbose");
        result.Good();

        Assert.Contains(result.Verbose, message => message == "NOTICE: heard");
    }

    [Fact]
    public void Warnings_of_the_server_are_warnings()
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'DO $$ BEGIN RAISE WARNING ''take care''; END $$' {stack.Select}");

        Assert.Contains("take care", result.Warnings);
    }

    [Fact]
    public void An_open_transaction_is_reported()
    {
        SessionResult open = stack.Run($"Invoke-LabQuery 'BEGIN; SELECT 1 AS one' {stack.Select}");
        SessionResult closed = stack.Run($"Invoke-LabQuery 'BEGIN; SELECT 1 AS one; COMMIT' {stack.Select}");

        Assert.Contains(open.Warnings, message => message.Contains("rolled back", StringComparison.Ordinal));
        Assert.Empty(closed.Warnings);
    }

    [Fact]
    public void Lines_of_the_pipeline_and_a_file_are_one_query()
    {
        using var folder = new TemporaryFolder();
        folder.Write("report.sql", "SELECT 1 AS a,\n  2 AS b;\n");

        PSObject piped = Assert.Single(stack.Run($"'SELECT 1 AS a,', '  2 AS b;' | Invoke-LabQuery {stack.Select}").Output);
        PSObject read = Assert.Single(stack.Run($"Invoke-LabQuery -InputFile '{folder.At("report.sql")}' {stack.Select}").Output);

        Assert.Equal((1, 2, 1, 2), (Value(piped, "a"), Value(piped, "b"), Value(read, "a"), Value(read, "b")));
    }

    [Fact]
    public void Several_statements_report_what_each_has_done()
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'CREATE TEMP TABLE told (a int); INSERT INTO told VALUES (1), (2); DELETE FROM told WHERE a = 1' {stack.Select} -Verbose");

        Assert.Contains(result.Verbose, message => message == "Statement 2: INSERT, 2 rows.");
        Assert.Contains(result.Verbose, message => message == "Statement 3: DELETE, 1 row.");
    }

    [Fact]
    public void Arrays_of_several_dimensions_and_of_enums_are_arrays()
    {
        stack.Run($"Invoke-LabQuery 'DROP TYPE IF EXISTS mood; CREATE TYPE mood AS ENUM (''good'', ''bad'')' {stack.Select}").Good();
        PSObject row = Assert.Single(Query("SELECT '{{1,2},{3,4}}'::int[] AS grid, '{good,bad}'::mood[] AS moods, '[0:1]={5,6}'::int[] AS bounded").Output);

        Assert.Equal([[1, 2], [3, 4]], Assert.IsType<int[][]>(Value(row, "grid")));
        Assert.Equal(["good", "bad"], Assert.IsType<string[]>(Value(row, "moods")));
        Assert.Equal([5, 6], Assert.IsType<int[]>(Value(row, "bounded")));
    }

    [Fact]
    public void The_servers_detail_is_shown()
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'CREATE TEMP TABLE once (a int PRIMARY KEY); INSERT INTO once VALUES (1), (1)' {stack.Select}");

        Assert.Contains("(a)=(1)", result.Error!.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COPY pg_class TO STDOUT", "TO STDOUT")]
    [InlineData("COPY pg_class FROM STDIN", "FROM STDIN")]
    public void The_error_of_a_copy_suggests_the_command_for_its_direction(string query, string advice)
    {
        SessionResult result = stack.Run($"Invoke-LabQuery '{query}' {stack.Select}");

        Assert.Equal(nameof(LabErrorId.QueryFailed), result.ErrorId);
        Assert.Contains(advice, result.Error!.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1,\n  nonsense FROM pg_class", "", 2, 3, "42703")]
    [InlineData("SELECT 1; SELECT oops", "", 1, 18, "42703")]
    [InlineData("SELECT @first, @second, oops", " -Parameter @{ first = 1; second = 2 }", 1, 25, "42703")]
    [InlineData("SELEC 1", "", 1, 1, "42601")]
    public void An_error_of_the_query_has_its_sqlstate_and_its_place(string query, string more, int line, int column, string state)
    {
        SessionResult result = stack.Run($"Invoke-LabQuery '{query}' {stack.Select}{more}");

        Assert.Equal(nameof(LabErrorId.QueryFailed), result.ErrorId);
        var target = Assert.IsType<Dictionary<string, object>>(result.Error!.TargetObject);
        Assert.Equal((state, line, column), ((string)target["SqlState"], (int)target["Line"], (int)target["StartColumn"]));
    }

    [Fact]
    public void A_query_that_takes_too_long_is_canceled_on_the_server()
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'SELECT pg_sleep(600) /* too-long */' {stack.Select} -TimeoutSec 2");

        Assert.Equal(nameof(LabErrorId.TimedOut), result.ErrorId);
        Assert.Equal(0L, Sleeping("too-long"));
    }

    [Fact]
    public void Stopping_the_pipeline_cancels_the_query_on_the_server_and_leaves_no_relay()
    {
        using (var session = new TestSession())
        {
            session.StopWhen(() => Sleeping("stop-me") == 1, $"Invoke-LabQuery 'SELECT pg_sleep(600) /* stop-me */' {stack.Select} -TimeoutSec 60");
        }

        stack.WaitFor(() => Sleeping("stop-me") == 0);
        stack.WaitFor(() => !stack.ExecAsync("db", "ps").GetAwaiter().GetResult().Contains("nc db", StringComparison.Ordinal));
    }

    [Fact]
    public void A_large_result_is_streamed_and_can_be_stopped_early()
    {
        SessionResult result = stack.Run(
            $"$seen = 0; foreach ($row in (Invoke-LabQuery 'SELECT i, repeat(''x'', 200) AS pad FROM generate_series(1, 20000) AS i' {stack.Select} -TimeoutSec 60)) {{ $seen++ }}; $seen");

        Assert.Equal(20000, Assert.Single(result.Good()));
    }

    [Fact]
    public void The_error_for_a_missing_database_refers_to_the_database_test()
    {
        SessionResult result = stack.Run($"Invoke-LabQuery 'SELECT 1' {stack.Select} -Database nowhere");

        Assert.Equal(nameof(LabErrorId.DatabaseUnreachable), result.ErrorId);
        Assert.Contains("Test-LabDb", result.Error!.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private SessionResult Query(string query)
    {
        SessionResult result = stack.Session.Run("param($query) Invoke-LabQuery $query " + stack.Select, query);
        result.Good();
        return result;
    }

    private long Sleeping(string mark) => (long)Value(
        Assert.Single(Query($"SELECT count(*) AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%{mark}%' AND pid <> pg_backend_pid()").Output), "n")!;

    private static object? Value(PSObject row, string name) => row.Properties[name].Value is PSObject wrapped ? wrapped.BaseObject : row.Properties[name].Value;
}
