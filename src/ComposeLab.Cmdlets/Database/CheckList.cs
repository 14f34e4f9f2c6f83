using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Formatting;

namespace ComposeLab.Database;

/// <summary>Writes the evidence as a list of checks, in order from this machine to <c>SELECT 1</c>, for the login of the diagnosis.</summary>
/// <param name="seen">The evidence.</param>
/// <param name="server">The server of the diagnosis; null if there is none.</param>
/// <param name="client">The login of the diagnosis; null if there is none.</param>
/// <param name="mask">Masks secrets in a detail.</param>
internal sealed class CheckList(DatabaseEvidence seen, ServerEvidence? server, ClientEvidence? client, Func<string, string> mask)
{
    private readonly AppEvidence? _app = client is null ? seen.Apps.FirstOrDefault() : seen.Apps.FirstOrDefault(app => app.Definition == client!.Definition);
    private readonly LoginReport _login = client?.Login ?? server?.OwnLogin ?? new LoginReport();

    /// <summary>Creates the list.</summary>
    /// <returns>The checks; always the same names in the same order.</returns>
    public IReadOnlyList<LabDbCheck> Make() =>
    [
        Engine(),
        Container(),
        Health(),
        Api(),
        DbCheck(),
        Dns(),
        Step("tcp", LoginStep.Tcp, _login.Route),
        Tls(),
        Step("authentication", LoginStep.Authentication, client?.Tried.User ?? server?.Own.User ?? ""),
        Step("database", LoginStep.Database, client?.Tried.Database ?? server?.Own.Database ?? ""),
        Step("SELECT 1", LoginStep.Query, ""),
        Disk(),
    ];

    private LabDbCheck Engine() => seen.EngineFault is { } fault
        ? Check("engine", LabDbOutcome.Failed, seen.EngineLatency, fault.Message)
        : Check("engine", LabDbOutcome.Passed, seen.EngineLatency, "");

    private LabDbCheck Container()
    {
        if (seen.EngineFault is not null || seen.ObservationLatency is null)
        {
            return Check("container", LabDbOutcome.Skipped, null, Why());
        }

        return server switch
        {
            null => Check("container", LabDbOutcome.Skipped, seen.ObservationLatency, "the database is not part of the project"),
            { Container: { } container } => Check("container", container.Runs ? LabDbOutcome.Passed : LabDbOutcome.Failed, seen.ObservationLatency, $"{container.Name} {Word(container.State)}"),
            _ => Check("container", LabDbOutcome.Failed, seen.ObservationLatency, $"{server.Service} has no container"),
        };
    }

    private LabDbCheck Health() => server?.Container switch
    {
        null or { Runs: false } => Check("health", LabDbOutcome.Skipped, null, Why()),
        { Health: HealthStatus.Healthy } => Check("health", LabDbOutcome.Passed, null, "healthy"),
        { Health: HealthStatus.None } => Check("health", LabDbOutcome.Skipped, null, "no health check"),
        { Health: HealthStatus.Starting } => Check("health", LabDbOutcome.Skipped, null, "unknown: the health check has just started"),
        { } container => Check("health", LabDbOutcome.Failed, null, container.LastProbe.Length == 0 ? Word(container.Health) : $"{Word(container.Health)}: {container.LastProbe}"),
    };

    private LabDbCheck Api()
    {
        if (_app is null)
        {
            return Check("api", LabDbOutcome.Skipped, null, "no other service in the project");
        }

        return (_app.Container, _app.Answer.Kind) switch
        {
            _ when seen.EngineFault is not null || seen.ObservationLatency is null => Check("api", LabDbOutcome.Skipped, null, Why()),
            (null, _) => Check("api", LabDbOutcome.Failed, null, $"{_app.Service} has no container"),
            ({ State: ContainerState.Exited, ExitCode: 0 } container, _) => Check("api", LabDbOutcome.Passed, null, $"{container.Name} has completed"),
            ({ Runs: false } container, _) => Check("api", LabDbOutcome.Failed, null, $"{container.Name} {Word(container.State)}"),
            (_, ApiAnswerKind.Ok or ApiAnswerKind.Fault or ApiAnswerKind.NoEndpoint) => Check("api", LabDbOutcome.Passed, _app.Answer.Latency, _app.Answer.Address),
            (_, ApiAnswerKind.NotAsked) => Check("api", LabDbOutcome.Skipped, null, seen.TimedOut ? Why() : $"{_app.Service} publishes no port"),
            (_, ApiAnswerKind.Refused) when _app.Listens != false => Check("api", LabDbOutcome.Skipped, _app.Answer.Latency, $"{_app.Answer.Address}: {_app.Answer.Message}"),
            (_, ApiAnswerKind.Silent) => Check("api", LabDbOutcome.Skipped, _app.Answer.Latency, $"{_app.Answer.Address}: {_app.Answer.Message}"),
            _ => Check("api", LabDbOutcome.Failed, _app.Answer.Latency, $"{_app.Answer.Address}: {_app.Answer.Message}"),
        };
    }

    private LabDbCheck DbCheck() => _app?.Answer.Kind switch
    {
        ApiAnswerKind.Ok => Check("/db-check", LabDbOutcome.Passed, _app.Answer.Latency, ""),
        ApiAnswerKind.Fault => Check("/db-check", LabDbOutcome.Failed, _app.Answer.Latency, _app.Answer.Message),
        ApiAnswerKind.NoEndpoint => Check("/db-check", LabDbOutcome.Skipped, null, _app.Answer.Message),
        _ => Check("/db-check", LabDbOutcome.Skipped, null, Why()),
    };

    private LabDbCheck Dns()
    {
        if (client is null || client.Login.Fault is LoginFault.NotTried or LoginFault.NotTriedInTime or LoginFault.NoTool)
        {
            return Check("dns", LabDbOutcome.Skipped, null, Why());
        }

        string host = client.Tried.Host;
        return client.Login.Fault == LoginFault.NameUnknown
            ? Check("dns", LabDbOutcome.Failed, seen.ObservationLatency, $"{host} does not resolve in {client.Service}")
            : client.TargetContainer is { } container
                ? Check("dns", LabDbOutcome.Passed, seen.ObservationLatency, $"{host} is {container.Name}")
                : Check("dns", LabDbOutcome.Passed, seen.ObservationLatency, $"{host} is not part of the project");
    }

    private LabDbCheck Tls()
    {
        LabDbCheck step = Step("tls", LoginStep.Tls, _login.OffersTls == true ? "offered" : "not offered");
        bool isOptional = step.Outcome == LabDbOutcome.Passed && _login.OffersTls == false;
        return isOptional ? Check("tls", LabDbOutcome.Skipped, step.Latency, "not offered, not required") : step;
    }

    private LabDbCheck Disk() => server?.DiskFree is not { } free
        ? Check("disk", LabDbOutcome.Skipped, null, Why())
        : Check("disk", DatabaseDiagnosis.IsFull(free) ? LabDbOutcome.Failed : LabDbOutcome.Passed, null, $"{ByteText.Of(free)} free");

    private LabDbCheck Step(string name, LoginStep step, string detail)
    {
        TimeSpan? latency = _login.Latencies.TryGetValue(step, out TimeSpan measured) ? measured : null;
        if (_login.Fault is LoginFault.NotTried or LoginFault.NotTriedInTime or LoginFault.NoTool || step > _login.FailedStep)
        {
            return Check(name, LabDbOutcome.Skipped, null, _login.Fault == LoginFault.NoTool ? "no tool to connect with" : Why());
        }

        return _login.FailedStep == step
            ? Check(name, LabDbOutcome.Failed, latency, _login.Detail.Length > 0 ? _login.Detail : Word(_login.Fault))
            : Check(name, LabDbOutcome.Passed, latency, detail);
    }

    private string Why() => seen.TimedOut || _login.Fault == LoginFault.NotTriedInTime ? "the time limit was reached"
        : seen.EngineFault is not null || server?.Container is not { Runs: true } || _login.FailedStep is not null ? "an earlier check failed" : "skipped: not applicable";

    private static string Word(Enum value)
    {
        // NameUnknown becomes "name unknown".
        string text = value.ToString();
        return string.Concat(text.Select((sign, index) => char.IsUpper(sign) ? (index == 0 ? "" : " ") + char.ToLowerInvariant(sign) : sign.ToString()));
    }

    private LabDbCheck Check(string name, LabDbOutcome outcome, TimeSpan? latency, string detail) =>
        new() { Name = name, Outcome = outcome, Latency = latency, Detail = mask(SecretMask.Standard.MaskText(detail)) };
}
