using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Queries;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Sets the password of a database role to the one in the project configuration.</para>
/// <para type="description">A data volume keeps the password it was created with. A new POSTGRES_PASSWORD in .env applies only to a new volume, so logins fail. This
/// command changes the password of the role to the one in the project, from inside the database container, and does not change the data. If the password has
/// expired, its validity is extended. If even local connections need a password, the server must be stopped briefly; the command prompts first. Returns the result
/// of a database test.</para>
/// </summary>
/// <example>
/// <summary><para>Sets the password of the bundled lab's database to the one in its .env.</para></summary>
/// <code>Reset-LabDbPassword</code>
/// </example>
/// <example>
/// <summary><para>Sets the role 'shop' to the password that the services log in with.</para></summary>
/// <code>Reset-LabDbPassword -Path ./shop -Role shop</code>
/// </example>
[Cmdlet(VerbsCommon.Reset, "LabDbPassword", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabDbTestResult))]
public sealed class ResetLabDbPasswordCommand : LabEngineCmdlet
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(60);

    /// <summary><para type="description">The database service. Default: the service that runs PostgreSQL.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <summary><para type="description">The role. Default: the role in POSTGRES_USER, with the password in POSTGRES_PASSWORD. Any other role gets the password of
    /// the services that log in as it. These services must use the same password.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <summary><para type="description">Does not prompt before the server is stopped briefly.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = LoadProject(output, token);
        ServiceDefinition service = DatabaseServices.Database(project, Service);
        DatabaseLogin own = ServerSettings.Own(service, ContainerVariables.Of(project, service));
        string role = Role ?? own.User;
        (string password, string source) = role == own.User ? (OwnPassword(own, service), "POSTGRES_PASSWORD") : ClientPassword(project, service, role);
        string action = $"Set the password of role '{role}' in {service.Name} of {project.Name} to the project's {source}";
        if (!await output.ShouldProcessAsync(action, $"{action}?", "Reset-LabDbPassword").ConfigureAwait(false))
        {
            return;
        }

        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        LocatedContainer container = await RunningContainer.FindAsync(session, Selection, project.Name, service.Name, null, null, token).ConfigureAwait(false);
        ContainerDetails details = await container.Engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false)
            ?? throw Failed(service, role, "its container no longer exists");
        var reset = new PasswordReset(container.Engine, details, own);
        ResetOutcome outcome = await reset.SetAsync(role, password, async () => MayStop(container.Container, service) && (Force || await output.ShouldContinueAsync(
            $"Even local connections to {service.Name} need a password. To set it, the server must be stopped briefly, and its clients are disconnected. Continue?",
            "Reset-LabDbPassword").ConfigureAwait(false)), token).ConfigureAwait(false);
        if (outcome is { Status: ResetStatus.NeedsStop, WasStopped: false })
        {
            return;
        }

        if (outcome.Status != ResetStatus.Done)
        {
            throw outcome.Status == ResetStatus.RoleMissing
                ? Failed(service, role, "the role does not exist")
                : new LabException(
                    LabErrorId.QueryFailed,
                    $"{service.Name} rejected the password change for role '{role}'{(outcome.Reason.Length == 0 ? "" : $": {outcome.Reason}")}. Nothing was changed.",
                    $"{new CommandText(Selection).Of($"Get-LabLog {CommandText.Quote(service.Name)} -Tail 50")} shows what the server reports",
                    role);
        }

        DatabaseTest test = DatabaseTest.Of(Selection, project, Service, null);
        await output.WriteAsync(outcome.WasStopped
            ? await new DatabaseWait(test, new SilentEvents()).RunAsync(RestartLimit, token).ConfigureAwait(false)
            : await test.RunAsync(session, Limit, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    // A swarm starts another task at once, with the same volume.
    private static bool MayStop(ObservedContainer container, ServiceDefinition service) => container.TaskId.Length == 0
        ? true
        : throw new EngineException(
            EngineErrorId.UnsupportedByEngine,
            $"Even local connections to {service.Name} need a password, so it can be set only while the server is stopped, and a swarm would start it again. Nothing was changed.",
            $"In pg_hba.conf of {service.Name}, allow local connections without a password (local all all trust), then run the command again")
        {
            Service = service.Name,
        };

    private static string OwnPassword(DatabaseLogin own, ServiceDefinition service) => own.Password ?? throw new LabException(
        LabErrorId.VariableRequired, $"{service.Name} has no POSTGRES_PASSWORD, and no readable password file.", "Set POSTGRES_PASSWORD", service.Name);

    private static (string Password, string Source) ClientPassword(ComposeProject project, ServiceDefinition server, string role)
    {
        ProjectDatabases databases = DatabaseServices.Of(project);
        ClientLogin[] logins = [.. project.Services.Values
            .SelectMany(client => databases.ClientsOf(client).Logins.Where(login => login.User == role && login.Password is not null && (databases.Named(client, login.Server.Host) ?? server) == server))];
        string[] passwords = [.. logins.Select(login => login.Password!).Distinct(StringComparer.Ordinal)];
        return passwords switch
        {
            [var only] => (only, $"{logins[0].Variables.GetValueOrDefault(LoginPart.Password, logins[0].Variable)} of {logins[0].Service}"),
            [] => throw new LabException(LabErrorId.VariableRequired, $"No service of {project.Name} logs in as '{role}' with a password.", "Specify another role with -Role, or set its login in a service", role),
            _ => throw new LabException(
                LabErrorId.VariableRequired,
                $"The services that log in as '{role}' have different passwords: {string.Join(", ", logins.Select(login => $"{login.Variable} of {login.Service}"))}.",
                "Set the same password in all of them", role),
        };
    }

    private LabException Failed(ServiceDefinition service, string role, string why) => new(
        LabErrorId.DatabaseUnreachable, $"Cannot set the password of role '{role}' in {service.Name}: {why}.", $"Run {new CommandText(Selection).Of("Test-LabDb")} to find the cause", service.Name);

    // A wait after a restart of about a second does not need to be shown.
    private sealed class SilentEvents : Engine.Execution.IEngineEvents
    {
        public void Report(Engine.Execution.EngineEvent value)
        {
        }
    }
}
