using ComposeLab.Database;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>What the diagnosis decides from evidence that a running stack does not show on demand.</summary>
public sealed class DiagnosisRuleTests
{
    private static readonly DatabaseLogin Login = new("db", 5432, "lab", "secret", "lab");
    private static readonly ProjectSelection Selection = new() { Location = "/", Environment = new Dictionary<string, string>(), Path = "/my shop", Profile = "Prod" };

    private static readonly Dictionary<string, IReadOnlyList<string>> Network = new() { ["net"] = ["db"] };

    private static readonly DatabaseEvidence Good = new()
    {
        ProjectName = "shop",
        Service = "db",
        Api = "api",
        Own = Login,
        Used = new ClientLogin(Login, "DATABASE_URL", "DATABASE_PASSWORD"),
        Declared = new ClientLogin(Login, "DATABASE_URL", "DATABASE_PASSWORD"),
        Database = new ContainerEvidence { Name = "shop-db-1", State = ContainerState.Running, Health = HealthStatus.Healthy, Networks = Network },
        Client = new ContainerEvidence { Name = "shop-api-1", State = ContainerState.Running, Health = HealthStatus.Healthy, Networks = Network },
        Answer = new ApiAnswer(ApiAnswerKind.Ok),
        Login = new LoginReport { Fault = LoginFault.None },
    };

    [Fact]
    public void Nothing_is_wrong_when_every_check_passes() => Assert.Equal(LabDbCause.None, Of(Good).Cause);

    [Fact]
    public void A_server_that_takes_only_tls_is_TlsRequired() =>
        Assert.Equal(LabDbCause.TlsRequired, Of(Good with { Login = new LoginReport { Fault = LoginFault.TlsRequired } }).Cause);

    [Fact]
    public void A_stranger_at_the_port_is_NotPostgres() =>
        Assert.Equal(LabDbCause.NotPostgres, Of(Good with { Login = new LoginReport { Fault = LoginFault.NotPostgres } }).Cause);

    [Fact]
    public void What_an_api_tells_of_its_login_is_masked_in_the_checks()
    {
        var answer = new ApiAnswer(ApiAnswerKind.Fault, Message: "cannot reach postgresql://lab:told-by-the-api@db/lab");

        Assert.DoesNotContain(new CheckList(Good with { Answer = answer }).Make(), check => check.Detail.Contains("told-by-the-api", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  DATABASE_PASSWORD: old", "  POSTGRES_PASSWORD: ${SECRET:?set it}", "In f:2 write DATABASE_PASSWORD: ${SECRET}, then: ")]
    [InlineData("  - DATABASE_PASSWORD=old", "  POSTGRES_PASSWORD: \"$SECRET\"", "In f:2 write - DATABASE_PASSWORD=${SECRET}, then: ")]
    [InlineData("  DATABASE_PASSWORD: postgresql://lab:old@db/lab", "  POSTGRES_PASSWORD: ${SECRET}", "In f:2 give DATABASE_PASSWORD the value ")]
    [InlineData("  DATABASE_PASSWORD: old", "  POSTGRES_PASSWORD: plain-secret", "In f:2 give DATABASE_PASSWORD the value ")]
    [InlineData("  DATABASE_PASSWORD: old", "  POSTGRES_PASSWORD: ${SECRET:-plain-secret}", "In f:2 give DATABASE_PASSWORD the value ")]
    public void A_wrong_password_is_mended_by_a_line_that_shows_none(string client, string own, string expected)
    {
        var stranger = new ClientLogin(Login with { Password = "old" }, "DATABASE_URL", "DATABASE_PASSWORD");
        Finding finding = Of(Good with
        {
            Used = stranger,
            Declared = stranger,
            Login = new LoginReport { Fault = LoginFault.AuthenticationFailed },
            OwnLogin = new LoginReport { Fault = LoginFault.None },
            PasswordPlace = new LoginPlace("DATABASE_PASSWORD", "old", "f", 2, client),
            OwnPasswordPlace = new LoginPlace("POSTGRES_PASSWORD", "plain-secret", "f", 1, own),
        });

        Assert.Equal(LabDbCause.WrongPassword, finding.Cause);
        Assert.StartsWith(expected, finding.Recommendation, StringComparison.Ordinal);
        Assert.DoesNotContain("plain-secret", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_api_is_ApiPaused() =>
        Assert.Equal(LabDbCause.ApiPaused, Of(Good with { Client = Good.Client! with { State = ContainerState.Paused } }).Cause);

    [Fact]
    public void An_api_that_runs_and_cannot_be_reached_at_any_port_is_ApiUnreachable() =>
        Assert.Equal(LabDbCause.ApiUnreachable, Of(Good with { Answer = new ApiAnswer(ApiAnswerKind.Refused), ApiTarget = 8000 }).Cause);

    [Fact]
    public void An_api_without_a_database_is_ApiNotConfigured() =>
        Assert.Equal(LabDbCause.ApiNotConfigured, Of(Good with { Answer = new ApiAnswer(ApiAnswerKind.Fault, Cause: "not_configured") }).Cause);

    [Fact]
    public void An_api_that_fails_where_its_own_login_works_is_ApiDisagrees() =>
        Assert.Equal(LabDbCause.ApiDisagrees, Of(Good with { Answer = new ApiAnswer(ApiAnswerKind.Fault, Cause: "timeout", Message: "slow") }).Cause);

    [Fact]
    public void An_answer_without_a_name_is_Unknown_and_leads_to_the_log()
    {
        Finding finding = Of(Good with { Login = new LoginReport { Fault = LoginFault.Other, Detail = "XX000" } });

        Assert.Equal(LabDbCause.Unknown, finding.Cause);
        Assert.StartsWith("Get-LabLog db -Tail 50", finding.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_never_tried_is_not_called_good(bool timedOut)
    {
        LoginFault fault = timedOut ? LoginFault.NotTried : LoginFault.NoTool;
        DatabaseEvidence seen = Good with { Answer = new ApiAnswer(ApiAnswerKind.NotAsked), Login = new LoginReport { Fault = fault }, TimedOut = timedOut };

        Assert.Equal(LabDbCause.Unknown, Of(seen).Cause);
        Assert.Equal(LabDbCause.None, Of(seen with { Answer = new ApiAnswer(ApiAnswerKind.Ok) }).Cause);
    }

    [Fact]
    public void A_stopped_database_is_named_before_the_api_that_misses_it()
    {
        ContainerEvidence stopped = Good.Database! with { State = ContainerState.Exited, ExitCode = 1 };

        Assert.Equal(LabDbCause.DatabaseStopped, Of(Good with { Database = stopped, Answer = new ApiAnswer(ApiAnswerKind.Fault, Message: "no host") }).Cause);
    }

    [Fact]
    public void A_container_that_died_of_a_full_disk_is_DiskFull_and_not_only_stopped()
    {
        ContainerEvidence dead = Good.Database! with { State = ContainerState.Exited, LogTail = ["PANIC:  could not write: No space left on device"] };

        Assert.Equal(LabDbCause.DiskFull, Of(Good with { Database = dead }).Cause);
    }

    [Fact]
    public void An_edit_that_is_made_already_needs_only_a_start()
    {
        DatabaseLogin wrong = Login with { Host = "dbx" };
        Finding finding = Of(Good with
        {
            Used = new ClientLogin(wrong, "DATABASE_URL", null),
            Login = new LoginReport { Fault = LoginFault.NameUnknown },
        });

        Assert.Equal(LabDbCause.WrongHost, finding.Cause);
        Assert.Equal("Start-LabStack -Profile Prod -Path '/my shop'", finding.Recommendation);
    }

    [Theory]
    [InlineData("postgresql://u:p%40w@h:5433/d?sslmode=require", "u@h:5433/d", "p@w", true)]
    [InlineData("postgres://u@h", "u@h:5432/u", null, false)]
    [InlineData("jdbc:postgresql://h/d?user=u&password=p", "u@h:5432/d", "p", false)]
    [InlineData("postgresql+psycopg://u:p@[::1]:5432/d", "u@::1:5432/d", "p", false)]
    public void A_database_url_is_read(string url, string login, string? password, bool tls)
    {
        DatabaseLogin read = PostgresUrl.Parse(url)!;

        Assert.Equal((login, password, tls), (read.ToString(), read.Password, read.DemandsTls));
    }

    [Theory]
    [InlineData("http://db:5432/lab")]
    [InlineData("postgresql://:5432/lab")]
    [InlineData("postgresql://db:port/lab")]
    [InlineData("plain text")]
    public void What_is_no_database_url_is_none(string text) => Assert.Null(PostgresUrl.Parse(text));

    [Theory]
    [InlineData("nc: bad address 'dbx'", "NameUnknown")]
    [InlineData("nc: can't connect to remote host (172.18.0.2): Connection refused", "Refused")]
    [InlineData("bash: connect: Connection refused", "Refused")]
    [InlineData("bash: dbx: Name or service not known", "NameUnknown")]
    [InlineData("no nc and no bash", "NoTool")]
    [InlineData("", "ConnectionLost")]
    public void A_relay_is_understood(string complaint, string fault) => Assert.Equal(fault, LoginFaults.OfComplaint(complaint).ToString());

    private static Finding Of(DatabaseEvidence seen) => DatabaseDiagnosis.Of(seen, Selection);
}
