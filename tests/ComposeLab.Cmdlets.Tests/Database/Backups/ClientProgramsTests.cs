using System.Text;
using ComposeLab.Database.Backups;
using ComposeLab.Database.Logins;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Cmdlets.Tests.Database.Backups;

/// <summary>Which programs dump and restore a database, and how they are called.</summary>
public sealed class ClientProgramsTests
{
    private const string Listing = """
        pg_dump /usr/bin/pg_dump pg_dump (PostgreSQL) 15.8 (Debian 15.8-1)
        pg_restore /usr/bin/pg_restore pg_restore (PostgreSQL) 15.8 (Debian 15.8-1)
        pg_dump /usr/lib/postgresql/17/bin/pg_dump pg_dump (PostgreSQL) 17.2
        pg_restore /usr/lib/postgresql/17/bin/pg_restore pg_restore (PostgreSQL) 17.2
        pg_dump /usr/lib/postgresql/16/bin/pg_dump pg_dump (PostgreSQL) 16.4
        psql /usr/local/bin/psql

        """;

    private static readonly DatabaseLogin Login = new("db", 5433, "shop", "Canary7-password", "shop");
    private static readonly ClientPrograms Programs = new(16, new Dictionary<string, string> { [ClientPrograms.Dump] = "/usr/bin/pg_dump" });

    [Theory]
    [InlineData(15, "/usr/bin/pg_dump")]
    [InlineData(16, "/usr/lib/postgresql/16/bin/pg_dump")]
    [InlineData(17, "/usr/lib/postgresql/17/bin/pg_dump")]
    public void The_version_of_the_server_or_the_next_later_one_is_used(int server, string path) =>
        Assert.Equal(path, ClientPrograms.Select(Listing, server, [ClientPrograms.Dump])!.Paths[ClientPrograms.Dump]);

    [Fact]
    public void An_older_version_is_never_used() => Assert.Null(ClientPrograms.Select(Listing, 18, [ClientPrograms.Dump]));

    [Fact]
    public void All_programs_are_of_one_version() => Assert.Equal(17, ClientPrograms.Select(Listing, 16, [ClientPrograms.Dump, ClientPrograms.Restore])!.Major);

    [Fact]
    public void A_program_that_does_not_run_is_not_used() => Assert.Null(ClientPrograms.Select(Listing, 15, [ClientPrograms.Sql]));

    [Fact]
    public void Images_of_an_older_or_unknown_version_are_not_tried_and_the_closest_version_comes_first()
    {
        (string, IReadOnlyList<string>)[] images =
        [
            ("postgres:18-alpine", ["PG_MAJOR=18"]), ("postgres:15", ["PG_MAJOR=15"]), ("postgres:16", ["PATH=/bin", "PG_MAJOR=16"]), ("postgres-exporter:1", []), ("bitnami/postgresql:17", ["APP_VERSION=17.2.0"]),
        ];

        Assert.Equal(["postgres:16", "bitnami/postgresql:17", "postgres:18-alpine"], ClientPrograms.Images(images, 16));
    }

    [Fact]
    public void The_password_is_in_the_environment_and_never_in_the_arguments()
    {
        ExecSpec spec = Programs.Command(ClientPrograms.Dump, Login, ["--verbose"], "shop");

        Assert.DoesNotContain(spec.Command, argument => argument.Contains("Canary7", StringComparison.Ordinal));
        Assert.Contains("PGPASSWORD=Canary7-password", spec.Environment);
        Assert.Contains("--no-password", spec.Command);
        Assert.Contains("--port=5433", spec.Command);
    }

    [Theory]
    [InlineData("shop", "--dbname=dbname='shop'")]
    [InlineData("host=evil user='x'", @"--dbname=dbname='host=evil user=\'x\''")]
    [InlineData(@"postgresql://evil/\", @"--dbname=dbname='postgresql://evil/\\'")]
    public void The_name_of_a_database_is_never_read_as_a_connection(string name, string argument) =>
        Assert.Contains(argument, Programs.Command(ClientPrograms.Dump, Login, [], name).Command);

    [Fact]
    public void Tables_are_excluded_by_their_exact_names()
    {
        var choice = new BackupChoice { Format = LabDbBackupFormat.Plain, Compress = "gzip:9", SchemaOnly = true };

        IReadOnlyList<string> arguments = ClientPrograms.DumpArguments(choice, "00000003-1", [new TableFacts("Über", "a*\"b\"", 0, null)]);

        Assert.Equal(
            ["--format=plain", "--snapshot=00000003-1", "--lock-wait-timeout=60000", "--verbose", "--compress=gzip:9", "--schema-only", "--exclude-table=\"Über\".\"a*\"\"b\"\"\""],
            arguments);
    }

    [Fact]
    public async Task Messages_contain_tables_and_errors_however_they_are_cut()
    {
        var tables = new List<string>();
        await using var messages = new ClientMessages(tables.Add);
        const string text = """"
            pg_dump: reading extensions
            pg_dump: dumping contents of table "public.a"
            pg_restore: processing data for table "Über.b "c""
            pg_restore: error: could not execute query: ERROR:  relation "x" does not exist
            pg_restore: error: COPY failed for table "a": ERROR:  could not extend file "base/1/2": No space left on device
            psql:<stdin>:12: ERROR:  unrecognized configuration parameter "transaction_timeout"
            pg_dump: the last word
            """";
        foreach (byte sign in Encoding.UTF8.GetBytes(text))
        {
            await messages.WriteAsync(new[] { sign });
        }

        messages.End();

        Assert.Equal(["public.a", "Über.b \"c\""], tables);
        Assert.Equal(["could not execute query: ERROR:  relation \"x\" does not exist", "COPY failed for table \"a\": ERROR:  could not extend file \"base/1/2\": No space left on device", "ERROR:  unrecognized configuration parameter \"transaction_timeout\""], messages.Errors);
        Assert.Equal("pg_dump: the last word", messages.Last);
        Assert.Equal([false, false, true], messages.Errors.Select(ClientMessages.IsHarmless));
    }
}
