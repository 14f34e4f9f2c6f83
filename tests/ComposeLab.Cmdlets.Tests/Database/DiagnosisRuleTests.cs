using System.Text;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>What the diagnosis decides from evidence, without an engine.</summary>
public sealed class DiagnosisRuleTests : IDisposable
{
    private const string Shop =
        """
        name: shop
        services:
          db:
            image: postgres:16
            environment:
              POSTGRES_USER: lab
              POSTGRES_PASSWORD: ${SECRET:-plain-secret}
              POSTGRES_DB: lab
          api:
            image: api
            environment:
              DATABASE_URL: postgresql://lab@db:5432/lab
              DATABASE_PASSWORD: old-secret
            ports: ["127.0.0.1:8000:8000"]
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, IReadOnlyList<string>> Network = new() { ["net"] = ["db"] };

    private readonly TemporaryFolder _folder = new();
    private readonly ProjectSelection _selection;

    public DiagnosisRuleTests() =>
        _selection = new ProjectSelection { Location = "/", Environment = new Dictionary<string, string>(), Path = _folder.Path, Profile = null };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_wrong_when_every_login_works() => Assert.Equal(LabDbCause.None, Of(Good()).Cause);

    [Fact]
    public void An_answer_that_starts_and_does_not_finish_is_SlowDatabase() => Assert.Equal(LabDbCause.SlowDatabase, Of(With(LoginFault.Slow)).Cause);

    [Fact]
    public void A_server_that_accepts_the_client_only_with_tls_is_TlsRequired()
    {
        DatabaseEvidence seen = With(LoginFault.NotAllowedByHba, client => client with { WithTls = new LoginReport { Fault = LoginFault.None } });

        Assert.Equal(LabDbCause.TlsRequired, Of(seen).Cause);
        Assert.Equal(LabDbCause.PgHbaDenied, Of(With(LoginFault.NotAllowedByHba, client => client with { WithTls = new LoginReport { Fault = LoginFault.NotAllowedByHba } })).Cause);
    }

    [Fact]
    public void An_unknown_answer_is_Unknown_and_refers_to_the_log()
    {
        DiagnosedCause finding = Of(With(LoginFault.Other));

        Assert.Equal(LabDbCause.Unknown, finding.Cause);
        Assert.StartsWith("Get-LabLog db -Tail 50", finding.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_login_that_was_never_tried_is_not_reported_as_good(bool timedOut) =>
        Assert.Equal(LabDbCause.Unknown, Of(With(timedOut ? LoginFault.NotTried : LoginFault.NoTool) with { TimedOut = timedOut, Limit = TimeSpan.FromSeconds(5) }).Cause);

    [Fact]
    public void An_unresponsive_server_is_reported_even_without_time_to_test_from_the_client()
    {
        DiagnosedCause finding = Of(WithServer(LoginFault.NotTriedInTime, new LoginReport { Fault = LoginFault.Silent }));

        Assert.Equal(LabDbCause.DatabaseNotAnswering, finding.Cause);
        Assert.StartsWith("Restart-LabStack db", finding.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LoginFault.None)]
    [InlineData(LoginFault.AuthenticationFailed)]
    public void A_login_as_the_servers_own_user_is_no_result_for_an_untested_client(object own)
    {
        DiagnosedCause finding = Of(WithServer(LoginFault.NotTriedInTime, new LoginReport { Fault = (LoginFault)own }));

        Assert.Equal(LabDbCause.Unknown, finding.Cause);
        Assert.StartsWith("Test-LabDb -TimeoutSec", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_with_an_earlier_password_is_restarted_first()
    {
        DatabaseEvidence seen = With(LoginFault.AuthenticationFailed, client => client with { Declared = client.Used with { Password = "new-secret" } });

        DiagnosedCause finding = Of(seen);

        Assert.Equal(LabDbCause.WrongPassword, finding.Cause);
        Assert.StartsWith("Start-LabStack", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_without_a_readable_login_is_ClientNotUnderstood_even_if_the_database_answers()
    {
        DatabaseEvidence seen = Good();
        ServerEvidence server = seen.Servers[0] with { OwnLogin = new LoginReport { Fault = LoginFault.None } };

        Assert.Equal(LabDbCause.ClientNotUnderstood, Of(seen with { Clients = [], Servers = [server] }).Cause);
        Assert.Equal(LabDbCause.None, Of(seen with { Clients = [], Apps = [], Servers = [server] }).Cause);
    }

    [Fact]
    public void A_completed_job_is_not_reported_as_missing()
    {
        DatabaseEvidence seen = Good();
        ContainerEvidence done = seen.Apps[0].Container! with { State = ContainerState.Exited, ExitCode = 0 };
        ClientEvidence job = seen.Clients[0] with { Container = done, IsDone = true, Login = new LoginReport() };

        Assert.Equal(LabDbCause.None, Of(seen with { Clients = [job], Apps = [seen.Apps[0] with { Container = done, IsDone = true }] }).Cause);
    }

    [Fact]
    public void An_exited_service_with_a_port_is_not_a_job()
    {
        DatabaseEvidence seen = Good();

        Assert.False(AppEvidence.IsDoneJob(seen.Project, seen.Apps[0].Definition, seen.Apps[0].Container! with { State = ContainerState.Exited, ExitCode = 0 }));
    }

    [Fact]
    public void A_stopped_database_is_reported_before_the_service_that_needs_it()
    {
        DatabaseEvidence seen = With(LoginFault.NameUnknown);

        Assert.Equal(LabDbCause.DatabaseStopped, Of(seen with { Servers = [Stopped(seen, 1, "")] }).Cause);
    }

    [Theory]
    [InlineData("PANIC:  could not write to file: No space left on device", nameof(LabDbCause.DiskFull))]
    [InlineData("FATAL:  could not resize shared memory segment \"/PostgreSQL.1\" to 1 bytes: No space left on device", nameof(LabDbCause.SharedMemoryFull))]
    [InlineData("FATAL:  database files are incompatible with server", nameof(LabDbCause.DatabaseStopped))]
    [InlineData("Error: Database is uninitialized and superuser password is not specified.", nameof(LabDbCause.DatabaseStopped))]
    public void The_reason_of_a_stop_is_read_from_the_log(string line, string cause)
    {
        DatabaseEvidence seen = With(LoginFault.NotTried);

        DiagnosedCause finding = Of(seen with { Servers = [Stopped(seen, 1, line)] });

        Assert.Equal(cause, finding.Cause.ToString());
        Assert.NotEqual("", finding.Recommendation);
    }

    [Theory]
    [InlineData("FATAL:  database files are incompatible with server", 1, false, "OtherMajorVersion")]
    [InlineData("DETAIL:  The data directory was initialized by PostgreSQL version 15, which is not compatible with this version 16.4.", 1, false, "OtherMajorVersion")]
    [InlineData("chown: /var/lib/postgresql/data: Read-only file system", 1, false, "DataReadOnly")]
    [InlineData("FATAL:  data directory \"/var/lib/postgresql/data\" has wrong ownership", 1, false, "DataNotAccessible")]
    [InlineData("initdb: error: could not access directory \"/var/lib/postgresql/data\": Permission denied", 1, false, "DataNotAccessible")]
    [InlineData("initdb: error: directory \"/var/lib/postgresql/data\" exists but is not empty", 1, false, "DataNotEmpty")]
    [InlineData("FATAL:  unrecognized configuration parameter \"max_conections\"", 1, false, "BadSetting")]
    [InlineData("FATAL:  invalid value for parameter \"shared_buffers\": \"lots\"", 1, false, "BadSetting")]
    [InlineData("FATAL:  could not map anonymous shared memory: Cannot allocate memory", 1, false, "TooMuchMemory")]
    [InlineData("initdb: error: invalid locale name \"xx_XX\"", 1, false, "BadLocale")]
    [InlineData("error: both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are set (but are exclusive)", 1, false, "BothForms")]
    [InlineData("Error: in 18+, these Docker images are configured to store database data in a format which is compatible", 1, false, "MountPathOfOlderVersion")]
    [InlineData("\"root\" execution of the PostgreSQL server is not permitted.", 1, false, "RunsAsRoot")]
    [InlineData("FATAL:  private key file \"/key.pem\" has group or world access", 1, false, "BadCertificate")]
    [InlineData("PANIC:  could not locate a valid checkpoint record", 1, false, "DataDamaged")]
    [InlineData("LOG:  database system is shut down", 0, false, "Requested")]
    [InlineData("LOG:  something", 137, true, "OutOfMemory")]
    public void The_reason_of_a_stop_has_a_name(string line, int exitCode, bool outOfMemory, string reason) =>
        Assert.Equal(reason, Log(line).WhyStopped(exitCode, outOfMemory).Reason.ToString());

    [Fact]
    public void The_last_error_counts_not_the_last_line() =>
        Assert.Equal("FATAL:  the reason", Log("FATAL:  the reason", "LOG:  shutting down", "HINT:  look there").LastError);

    [Fact]
    public void An_incomplete_first_start_is_running_or_has_failed()
    {
        const string begin = "The files belonging to this database system will be owned by user \"postgres\".";

        Assert.Equal(FirstStart.Running, Log(begin).FirstStartOf(runs: true));
        Assert.Equal(FirstStart.Failed, Log(begin, "waiting for server to start.... done", "ERROR:  syntax error").FirstStartOf(runs: false));
        Assert.Equal(FirstStart.Over, Log(begin, "PostgreSQL init process complete; ready for start up.").FirstStartOf(runs: true));
        Assert.Equal(FirstStart.Over, Log("LOG:  database system is ready to accept connections").FirstStartOf(runs: true));
    }

    [Theory]
    [InlineData("28P01", "password authentication failed for user \"u\"", "AuthenticationFailed")]
    [InlineData("28000", "role \"u\" is not permitted to log in", "RoleCannotLogIn")]
    [InlineData("28000", "no pg_hba.conf entry for host \"10.0.0.1\", user \"u\", database \"d\", no encryption", "NotAllowedByHba")]
    [InlineData("28000", "pg_hba.conf rejects connection for host \"10.0.0.1\", user \"u\", database \"d\", no encryption", "NotAllowedByHba")]
    [InlineData("28000", "Ident authentication failed for user \"u\"", "NotAllowedByHba")]
    [InlineData("28000", "role \"u\" does not exist", "RoleMissing")]
    [InlineData("42501", "permission denied for database \"d\"", "PermissionDenied")]
    [InlineData("55000", "database \"d\" is not currently accepting connections", "ConnectionsNotAllowed")]
    [InlineData("53300", "too many connections for role \"u\"", "TooManyConnections")]
    [InlineData("53100", "could not resize shared memory segment \"/x\": No space left on device", "SharedMemoryFull")]
    [InlineData("53100", "could not extend file: No space left on device", "DiskFull")]
    [InlineData("08P01", "server login failed: FATAL password authentication failed for user \"u\"", "AuthenticationFailed")]
    [InlineData("08P01", "no such database: d", "DatabaseMissing")]
    [InlineData("57014", "canceling statement due to statement timeout", "StatementTimeout")]
    [InlineData("57P03", "the database system is starting up", "NotReady")]
    public void The_fault_is_read_from_the_message_of_the_server(string state, string text, string fault) => Assert.Equal(fault, LoginFaults.Of(state, text).ToString());

    [Theory]
    [InlineData("nc: bad address 'dbx'", "NameUnknown")]
    [InlineData("nc: can't connect to remote host (172.18.0.2): Connection refused", "Refused")]
    [InlineData("nc: timed out", "Silent")]
    [InlineData("bash: connect: Connection refused", "Refused")]
    [InlineData("bash: dbx: Name or service not known", "NameUnknown")]
    [InlineData("no nc and no bash", "NoTool")]
    [InlineData("", "ConnectionLost")]
    public void The_messages_of_a_relay_are_recognized(string complaint, string fault) => Assert.Equal(fault, LoginFaults.OfComplaint(complaint).ToString());

    [Fact]
    public void A_wrong_password_is_fixed_by_an_edit_that_shows_no_password()
    {
        DiagnosedCause finding = Of(With(LoginFault.AuthenticationFailed));

        Assert.Equal(LabDbCause.WrongPassword, finding.Cause);
        Assert.Contains("compose.yaml:13 write DATABASE_PASSWORD: ${SECRET}, then: Start-LabStack", finding.Recommendation, StringComparison.Ordinal);
        Assert.DoesNotContain("plain-secret", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_that_was_already_made_needs_only_a_start()
    {
        DatabaseEvidence seen = With(LoginFault.NameUnknown, client => client with
        {
            Target = null,
            Tried = client.Tried with { Host = "dbx" },
            Used = client.Used with { Servers = [new ServerAddress("dbx", 5432)] },
        });

        DiagnosedCause finding = Of(seen);

        Assert.Equal(LabDbCause.WrongHost, finding.Cause);
        Assert.StartsWith("Start-LabStack ", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fix_for_an_unknown_role_never_suggests_the_superuser()
    {
        DatabaseEvidence seen = With(LoginFault.AuthenticationFailed, client => client with { Tried = client.Tried with { User = "inventory" }, Used = client.Used with { User = "inventory" } });
        ServerEvidence server = seen.Servers[0] with { Facts = new ServerFacts { Roles = [new RoleFacts("lab", true, true, -1, false, null)] } };

        DiagnosedCause finding = Of(seen with { Servers = [server] });

        Assert.Equal(LabDbCause.WrongUser, finding.Cause);
        Assert.StartsWith("Decide", finding.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ApiAnswerKind.NoEndpoint)]
    [InlineData(ApiAnswerKind.Silent)]
    [InlineData(ApiAnswerKind.Refused)]
    public void Pages_of_other_services_do_not_count(object kind)
    {
        DatabaseEvidence seen = Good();

        Assert.Equal(LabDbCause.None, Of(seen with { Apps = [seen.Apps[0] with { Answer = new ApiAnswer((ApiAnswerKind)kind), Target = 8000 }] }).Cause);
    }

    [Fact]
    public void The_answer_of_a_service_about_its_login_is_masked_in_the_checks()
    {
        DatabaseEvidence seen = Good();
        var answer = new ApiAnswer(ApiAnswerKind.Fault, Message: "cannot reach postgresql://lab:told-by-the-api@db/lab");
        seen = seen with { Apps = [seen.Apps[0] with { Answer = answer }] };

        Assert.DoesNotContain(
            new CheckList(seen, seen.Servers[0], seen.Clients[0], text => text).Make(), check => check.Detail.Contains("told-by-the-api", StringComparison.Ordinal));
    }

    [Fact]
    public void Role_names_are_read_from_the_servers_own_table()
    {
        var page = new byte[8192];
        BitConverter.TryWriteBytes(page.AsSpan(12), (ushort)28);
        BitConverter.TryWriteBytes(page.AsSpan(24), 8000u | (1u << 15) | (100u << 17));
        page[8000 + 22] = 24;
        Encoding.ASCII.GetBytes("olduser").CopyTo(page, 8000 + 24 + 4);

        Assert.Equal(["olduser"], RoleFile.Names(page));
    }

    [Theory]
    [InlineData(ContainerState.Paused, "Restart-LabStack db -Orchestrator Swarm")]
    [InlineData(ContainerState.Exited, "Restart-LabStack db -Orchestrator Swarm")]
    [InlineData(null, "Deploy-LabStack")]
    public void On_a_swarm_a_database_that_does_not_run_is_started_by_the_swarm(object? state, string command)
    {
        DatabaseEvidence seen = With(LoginFault.NotTried) with { IsSwarm = true };
        ContainerEvidence? container = state is null ? null : seen.Servers[0].Container! with { State = (ContainerState)state, ExitCode = 137 };

        DiagnosedCause finding = Of(seen with { Servers = [seen.Servers[0] with { Container = container }] });

        Assert.StartsWith(command, finding.Recommendation, StringComparison.Ordinal);
        Assert.DoesNotContain("Start-LabStack", finding.Recommendation.Replace("Restart-LabStack", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_swarm_no_fault_of_a_login_or_a_stop_recommends_a_command_for_compose_stacks()
    {
        DatabaseEvidence seen = Good() with { IsSwarm = true };
        string[] lines =
        [
            "PANIC:  could not write to file: No space left on device", "FATAL:  could not resize shared memory segment \"/PostgreSQL.1\" to 1 bytes: No space left on device",
            "FATAL:  database files are incompatible with server", "chown: /var/lib/postgresql/data: Read-only file system", "LOG:  database system is shut down",
        ];
        DatabaseEvidence[] all =
        [
            .. Enum.GetValues<LoginFault>().Select(fault => With(fault) with { IsSwarm = true }),
            .. Enum.GetValues<ContainerState>().Select(state => seen with { Apps = [seen.Apps[0] with { Container = seen.Apps[0].Container! with { State = state, ExitCode = 1 } }] }),
            .. lines.Select(line => seen with { Servers = [Stopped(seen, 1, line)] }),
        ];

        Assert.All(all.Select(evidence => Of(evidence).Recommendation), text => Assert.DoesNotMatch("(?<!Re)[Ss]tart-LabStack|Wait-LabStack|Update-LabDb|-Volume|shm_size|Restart-LabStack(?!.*-Orchestrator Swarm)", text));
    }

    private DiagnosedCause Of(DatabaseEvidence seen) => DatabaseDiagnosis.Of(seen, _selection);

    private DatabaseEvidence Good()
    {
        _folder.Write("compose.yaml", Shop);
        ComposeProject project = ComposeLoader.Load(ProjectSelector.ToRequest(_selection), CancellationToken.None);
        ProjectDatabases databases = DatabaseServices.Of(project);
        ServiceDefinition api = project.Services["api"];
        ServiceDefinition db = project.Services["db"];
        ClientLogin login = databases.ClientsOf(api).Logins.Single();
        var container = new ContainerEvidence { Name = "shop-api-1", State = ContainerState.Running, Health = HealthStatus.Healthy, Networks = Network };
        ContainerEvidence server = container with { Name = "shop-db-1" };
        DatabaseLogin own = ServerSettings.Own(db, ContainerVariables.Of(project, db));
        return new DatabaseEvidence
        {
            Project = project,
            ObservationLatency = TimeSpan.Zero,
            Servers = [new ServerEvidence { Definition = db, Own = own, Container = server }],
            Clients =
            [
                new ClientEvidence
                {
                    Definition = api, Used = login, Declared = login, Container = container, Target = db, TargetContainer = server,
                    Tried = new DatabaseLogin("db", 5432, "lab", login.Password, "lab"), Login = new LoginReport { Fault = LoginFault.None },
                },
            ],
            Apps = [new AppEvidence { Definition = api, Container = container }],
        };
    }

    private DatabaseEvidence With(LoginFault fault, Func<ClientEvidence, ClientEvidence>? change = null)
    {
        DatabaseEvidence seen = Good();
        ClientEvidence client = seen.Clients[0] with { Login = new LoginReport { Fault = fault, OffersTls = true } };
        return seen with { Clients = [change is null ? client : change(client)] };
    }

    private DatabaseEvidence WithServer(LoginFault fault, LoginReport own)
    {
        DatabaseEvidence seen = With(fault);
        return seen with { Servers = [seen.Servers[0] with { OwnLogin = own }] };
    }

    private static ServerEvidence Stopped(DatabaseEvidence seen, int exitCode, string line) => seen.Servers[0] with
    {
        Container = seen.Servers[0].Container! with { State = ContainerState.Exited, ExitCode = exitCode, Log = Log(line) },
    };

    private static ServerLog Log(params string[] lines) =>
        new([.. lines.Select((text, index) => new LogLine(Start.AddMilliseconds(index), false, $"2026-01-01 00:00:00.000 UTC [1] {text}"))], Start);
}
