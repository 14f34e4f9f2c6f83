using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.RegularExpressions;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Errors;

/// <summary>
/// The whole diagnosis, with hostile names of folders, hosts, roles, databases, tables and settings, and with hostile messages of the server: every command in a
/// recommendation is exactly one command to PowerShell's parser.
/// </summary>
public sealed partial class HostileDiagnosisTests : IDisposable
{
    private const string Network = "net";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<LabDbCause> _causes = [];
    private readonly HashSet<string> _recommendations = new(StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. HostileNameTests.Hostile.Where(name => !name.Contains('\0', StringComparison.Ordinal)).Append("plain")];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_in_a_recommendation_is_one_command(string name)
    {
        DatabaseEvidence good = Good(name);
        foreach (DatabaseEvidence seen in Logins(good, name).Concat(Sessions(good, name)).Concat(Stops(good, name)).Concat(Others(good)))
        {
            DiagnosedCause finding = DatabaseDiagnosis.Of(seen, Selection(name));
            _causes.Add(finding.Cause);
            if (!_recommendations.Add(finding.Recommendation))
            {
                continue;
            }

            OneCommandEach(finding.Recommendation);
            HostileNameTests.RunsNoOther(finding.Recommendation);
            HostileNameTests.RunsNoPayload(finding.Recommendation);
        }

        // Nearly all of the catalog was here; the others need files that are not there, and name nothing foreign.
        Assert.True(_causes.Count > 25, string.Join(", ", _causes.Order()));
    }

    // A command begins at the start of a line, or after a colon.
    private static void OneCommandEach(string text)
    {
        foreach (Match begin in Commands().Matches(text))
        {
            string rest = text[begin.Groups["command"].Index..];
            int end = rest.IndexOf('\n', StringComparison.Ordinal);
            string command = end < 0 ? rest : rest[..end];
            ScriptBlockAst script = Parser.ParseInput(command, out _, out ParseError[] errors);
            Assert.True(errors.Length == 0, $"{command}: {errors.FirstOrDefault()?.Message}");
            Assert.Single(script.EndBlock.Statements);
            Assert.Single(script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true));
        }
    }

    private ProjectSelection Selection(string name) => new()
    {
        Location = "/",
        Environment = new Dictionary<string, string>(),
        Path = Path.Combine(_folder.Path, name),
        EnvFiles = [name],
    };

    private DatabaseEvidence Good(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        string value = JsonSerializer.Serialize(name.Replace("$", "$$", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "compose.yaml"), $$"""
            name: shop
            services:
              db:
                image: postgres:16
                user: {{value}}
                mem_limit: 64m
                shm_size: 1m
                command: ["-c", "statement_timeout=5", "-c", "default_transaction_read_only=on", "-c", "max_connections=4", "-c", "listen_addresses=localhost", "-c", "shared_buffers=1TB"]
                healthcheck: { test: [CMD, curl, "x"] }
                environment:
                  POSTGRES_USER: {{value}}
                  POSTGRES_PASSWORD: one-secret
                  POSTGRES_DB: {{value}}
                volumes: ["data:/var/lib/postgresql/data:ro"]
              api:
                image: api
                environment:
                  PGHOST: db
                  PGUSER: {{value}}
                  PGPASSWORD: other-secret
                  PGDATABASE: {{value}}
                extra_hosts: { db: 192.0.2.1 }
                ports: ["127.0.0.1:8000:8000"]
            volumes: { data: {} }
            """);
        ComposeProject project = ComposeLoader.Load(new ComposeRequest { WorkingDirectory = folder, Files = ["compose.yaml"] }, CancellationToken.None);
        ServiceDefinition api = project.Services["api"];
        ServiceDefinition db = project.Services["db"];
        ClientLogin login = DatabaseServices.Of(project).ClientsOf(api).Logins.Single();
        var container = new ContainerEvidence
        {
            Name = "shop-api-1",
            State = ContainerState.Running,
            Health = HealthStatus.Healthy,
            LastProbe = name,
            Networks = new Dictionary<string, IReadOnlyList<string>> { [Network] = ["api"] },
        };
        ContainerEvidence server = container with { Name = "shop-db-1", Networks = new Dictionary<string, IReadOnlyList<string>> { [Network] = ["db"] } };
        return new DatabaseEvidence
        {
            Project = project,
            Profile = name,
            ObservationLatency = TimeSpan.Zero,
            Servers = [new ServerEvidence { Definition = db, Own = ServerSettings.Own(db, ContainerVariables.Of(project, db)), Container = server, Facts = Facts(name) }],
            Clients =
            [
                new ClientEvidence
                {
                    Definition = api, Used = login, Declared = login, Container = container, Target = db, TargetContainer = server,
                    Tried = new DatabaseLogin("db", 5432, name, login.Password, name), Login = new LoginReport { Fault = LoginFault.None },
                },
            ],
            Apps = [new AppEvidence { Definition = api, Container = container, Answer = new ApiAnswer(ApiAnswerKind.NoEndpoint), Target = 8000 }],
        };
    }

    private static ServerFacts Facts(string name) => new()
    {
        Roles = [new RoleFacts(name, true, false, -1, false, null)],
        Databases = [new CatalogFacts(name, true, -1)],
        MaxConnections = 4,
        Port = 5432,
        HbaFile = $"/etc/{name}",
    };

    private static IEnumerable<DatabaseEvidence> Logins(DatabaseEvidence good, string name)
    {
        foreach (LoginFault fault in Enum.GetValues<LoginFault>())
        {
            foreach (string detail in new[] { name, $"too many connections for role \"{name}\"", $"too many connections for database \"{name}\"", $"pg_hba.conf rejects {name}" })
            {
                DatabaseEvidence seen = Change(good, client => client with { Login = new LoginReport { Fault = fault, Detail = detail, OffersTls = true } });
                yield return seen;
                yield return seen with { Servers = [seen.Servers[0] with { Facts = null }] };
                yield return Change(seen, client => client with { Tried = client.Tried with { User = name + "x", Database = name + "x", Port = 5433 } });
                yield return Change(seen, client => client with { Tried = client.Tried with { User = "unknown role", Database = "unknown database", Host = name }, Target = null, TargetContainer = null });
                yield return Change(seen, client => client with { WithTls = new LoginReport { Fault = LoginFault.None }, AsWritten = new LoginReport { Fault = LoginFault.None } });
                yield return seen with { Clients = [], Servers = [seen.Servers[0] with { OwnLogin = seen.Clients[0].Login }] };
                ServerFacts facts = seen.Servers[0].Facts!;
                yield return seen with { Servers = [seen.Servers[0] with { Facts = facts with { Roles = [new RoleFacts(name, true, false, -1, true, null)] } }] };
                yield return seen with { Servers = [seen.Servers[0] with { Facts = facts with { Roles = [new RoleFacts(name, false, false, -1, false, null)], Databases = [new CatalogFacts(name + "1", true, -1)] } }] };
            }
        }
    }

    private static IEnumerable<DatabaseEvidence> Sessions(DatabaseEvidence good, string name)
    {
        foreach (string source in new[] { "database", "user", "database user", "client", "configuration file", "command line", name })
        {
            yield return Session(good, new SessionFacts { ReadOnly = true, ReadOnlySource = source });
            yield return Session(good, new SessionFacts { StatementTimeout = TimeSpan.FromMilliseconds(5), StatementTimeoutSource = source });
        }

        yield return Session(good, new SessionFacts { ReadOnly = true, InRecovery = true });
        SessionFacts closed = new() { Closed = [name], ClosedSchemas = [name, "public"], Uncreatable = ["public", name] };
        foreach (string line in new[] { $"ERROR:  permission denied for table {name}", $"ERROR:  permission denied for schema {name}", "ERROR:  permission denied for schema public", "ERROR:  could not resize shared memory segment" })
        {
            yield return Session(Logged(good, line), closed);
        }
    }

    private static IEnumerable<DatabaseEvidence> Stops(DatabaseEvidence good, string name)
    {
        string[] lines =
        [
            "", "PANIC:  could not write: No space left on device", "FATAL:  could not resize shared memory segment \"/x\": No space left on device", "FATAL:  database files are incompatible with server",
            $"DETAIL:  The data directory was initialized by PostgreSQL version 15, which is not compatible with this version {name}.", "chown: x: Read-only file system",
            "FATAL:  data directory has wrong ownership", "initdb: error: directory exists but is not empty", "FATAL:  invalid value for parameter \"shared_buffers\"", $"FATAL:  unrecognized configuration parameter \"{name}\"",
            "FATAL:  could not map anonymous shared memory", "initdb: error: invalid locale name", "error: both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are set", "Error: in 18+, these Docker images",
            "\"root\" execution of the PostgreSQL server is not permitted.", $"FATAL:  private key file \"{name}\" has group or world access", "PANIC:  could not locate a valid checkpoint record",
            $"could not open file {name}", $"exec: {name}: executable file not found", "superuser password is not specified", $"FATAL:  {name}",
        ];
        foreach (string line in lines)
        {
            yield return State(Logged(good, line), ContainerState.Exited, exitCode: 1);
            yield return State(Logged(good, "The files belonging to this database system will be owned by user \"postgres\".", "server started", line), ContainerState.Restarting, exitCode: 1);
        }

        yield return Logged(good, "The files belonging to this database system will be owned by user \"postgres\".", $"running /docker-entrypoint-initdb.d/{name}") is var first
            ? Change(first, client => client with { Login = new LoginReport { Fault = LoginFault.Refused } }) : first;
        yield return State(good, ContainerState.Paused, 0);
        yield return State(good, ContainerState.Created, 0);
        yield return good with { Servers = [good.Servers[0] with { Container = null }] };
        yield return good with { Servers = [good.Servers[0] with { DiskFree = 0 }] };
        yield return good with { Servers = [good.Servers[0] with { Container = good.Servers[0].Container! with { Health = HealthStatus.Unhealthy } }] };
    }

    private static IEnumerable<DatabaseEvidence> Others(DatabaseEvidence good)
    {
        AppEvidence app = good.Apps[0];
        ContainerEvidence container = app.Container!;
        AppEvidence[] apps =
        [
            app with { Container = null }, app with { Container = container with { State = ContainerState.Exited, ExitCode = 1 } }, app with { Container = container with { State = ContainerState.Paused } },
            app with { Container = container with { Health = HealthStatus.Unhealthy } }, app with { Answer = new ApiAnswer(ApiAnswerKind.Fault, Cause: "not_configured") },
            app with { Answer = new ApiAnswer(ApiAnswerKind.Fault, Message: container.LastProbe) }, app with { Answer = new ApiAnswer(ApiAnswerKind.Refused), Listens = false },
            app with { Answer = new ApiAnswer(ApiAnswerKind.Refused), Listens = false, AnswersAt = 9000 },
        ];
        foreach (AppEvidence one in apps)
        {
            yield return good with { Apps = [one] };
            yield return good with { Apps = [one with { Fragments = [container.LastProbe] }], Clients = [] };
        }

        yield return good with { ObservationLatency = null, TimedOut = true };
        yield return good with { EngineFault = ("unreachable", "Start the engine") };
    }

    private static DatabaseEvidence Change(DatabaseEvidence seen, Func<ClientEvidence, ClientEvidence> change) => seen with { Clients = [.. seen.Clients.Select(change)] };

    private static DatabaseEvidence Session(DatabaseEvidence seen, SessionFacts session) =>
        Change(seen, client => client with { Login = new LoginReport { Fault = LoginFault.None, Session = session } });

    private static DatabaseEvidence State(DatabaseEvidence seen, ContainerState state, int exitCode) =>
        seen with { Servers = [seen.Servers[0] with { Container = seen.Servers[0].Container! with { State = state, ExitCode = exitCode } }] };

    private static DatabaseEvidence Logged(DatabaseEvidence seen, params string[] lines) => seen with
    {
        Servers =
        [
            seen.Servers[0] with
            {
                Container = seen.Servers[0].Container! with
                {
                    Log = new ServerLog([.. lines.Select((text, index) => new LogLine(Start.AddMilliseconds(index), false, $"2026-01-01 00:00:00.000 UTC [1] {text}"))], Start),
                },
            },
        ],
    };

    [GeneratedRegex(@"(?:^|: |\n)(?<command>(?:Start|Stop|Restart|Remove|Wait|Test|Reset|Invoke|Get)-Lab[A-Za-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Commands();
}
