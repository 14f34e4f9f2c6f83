using ComposeLab.Compose.Secrets;
using ComposeLab.Database.Diagnosis;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Formatting;

namespace ComposeLab.Database;

/// <summary>Writes the evidence as the list of checks, in the order of the way from this machine to <c>SELECT 1</c>.</summary>
/// <param name="seen">What was seen.</param>
internal sealed class CheckList(DatabaseEvidence seen)
{
    /// <summary>Makes the list.</summary>
    /// <returns>The checks; always the same names in the same order.</returns>
    public IReadOnlyList<LabDbCheck> Make() =>
    [
        Engine(),
        Container(),
        Health(),
        Api(),
        DbCheck(),
        Dns(),
        Step("tcp", LoginStep.Tcp, seen.Login.Route),
        Tls(),
        Step("authentication", LoginStep.Authentication, seen.Effective.User),
        Step("database", LoginStep.Database, seen.Effective.Database),
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

        return seen.Database is { } container
            ? Check("container", container.Runs ? LabDbOutcome.Passed : LabDbOutcome.Failed, seen.ObservationLatency, $"{container.Name} {Word(container.State)}")
            : Check("container", LabDbOutcome.Failed, seen.ObservationLatency, $"there is no container of {seen.Service}");
    }

    private LabDbCheck Health() => seen.Database switch
    {
        null or { Runs: false } => Check("health", LabDbOutcome.Skipped, null, Why()),
        { Health: HealthStatus.Healthy } => Check("health", LabDbOutcome.Passed, null, "healthy"),
        { Health: HealthStatus.None } => Check("health", LabDbOutcome.Skipped, null, "there is no health check"),
        { Health: HealthStatus.Starting } => Check("health", LabDbOutcome.Skipped, null, "not known yet: the health check has just begun"),
        { } container => Check("health", LabDbOutcome.Failed, null, container.LastProbe.Length == 0 ? Word(container.Health) : $"{Word(container.Health)}: {container.LastProbe}"),
    };

    private LabDbCheck Api()
    {
        if (seen.Api is null)
        {
            return Check("api", LabDbOutcome.Skipped, null, "no service of the project uses the database");
        }

        return (seen.Client, seen.Answer.Kind) switch
        {
            _ when seen.EngineFault is not null || seen.ObservationLatency is null => Check("api", LabDbOutcome.Skipped, null, Why()),
            (null, _) => Check("api", LabDbOutcome.Failed, null, $"there is no container of {seen.Api}"),
            ({ Runs: false } client, _) => Check("api", LabDbOutcome.Failed, null, $"{client.Name} {Word(client.State)}"),
            (_, ApiAnswerKind.Ok or ApiAnswerKind.Fault or ApiAnswerKind.NoEndpoint) =>
                Check("api", LabDbOutcome.Passed, seen.Answer.Latency, seen.Answer.Address),
            (_, ApiAnswerKind.NotAsked) => Check("api", LabDbOutcome.Skipped, null, seen.TimedOut ? Why() : $"{seen.Api} publishes no port"),
            _ => Check("api", LabDbOutcome.Failed, seen.Answer.Latency, $"{seen.Answer.Address}: {seen.Answer.Message}"),
        };
    }

    private LabDbCheck DbCheck() => seen.Answer.Kind switch
    {
        ApiAnswerKind.Ok => Check("/db-check", LabDbOutcome.Passed, seen.Answer.Latency, ""),
        ApiAnswerKind.Fault => Check("/db-check", LabDbOutcome.Failed, seen.Answer.Latency, seen.Answer.Message),
        ApiAnswerKind.NoEndpoint => Check("/db-check", LabDbOutcome.Skipped, null, seen.Answer.Message),
        _ => Check("/db-check", LabDbOutcome.Skipped, null, Why()),
    };

    private LabDbCheck Dns()
    {
        if (seen.Database is not { Runs: true } container || seen.Used is not { Login.Host: var host })
        {
            return Check("dns", LabDbOutcome.Skipped, null, Why());
        }

        bool isFound = container.IsFoundAs(host, seen.Client ?? container);
        return isFound ? Check("dns", LabDbOutcome.Passed, seen.ObservationLatency, $"{host} is {container.Name}")
            : seen.Login.Fault == LoginFault.NameUnknown || container.Networks.Count == 0 || (seen.Client is { } client && !container.SharesNetworkWith(client))
                ? Check("dns", LabDbOutcome.Failed, seen.ObservationLatency, $"{host} is no name of {container.Name}")
                : Check("dns", LabDbOutcome.Skipped, null, $"{host} is no name of {container.Name}; it may be one elsewhere");
    }

    private LabDbCheck Tls()
    {
        LabDbCheck step = Step("tls", LoginStep.Tls, seen.Login.OffersTls == true ? "offered" : "not offered");
        bool isOptional = step.Outcome == LabDbOutcome.Passed && seen.Login.OffersTls == false;
        return isOptional ? Check("tls", LabDbOutcome.Skipped, step.Latency, "not offered and not demanded") : step;
    }

    private LabDbCheck Disk() => seen.DiskFree is not { } free
        ? Check("disk", seen.Database?.TellsOfFullDisk == true ? LabDbOutcome.Failed : LabDbOutcome.Skipped, null, seen.Database?.TellsOfFullDisk == true ? "the log tells of a full disk" : Why())
        : Check("disk", DatabaseDiagnosis.IsFull(free) ? LabDbOutcome.Failed : LabDbOutcome.Passed, null, $"{ByteText.Of(free)} free");

    private LabDbCheck Step(string name, LoginStep step, string detail)
    {
        LoginReport login = seen.Login;
        TimeSpan? latency = login.Latencies.TryGetValue(step, out TimeSpan measured) ? measured : null;
        if (login.Fault is LoginFault.NotTried or LoginFault.NoTool || step > login.FailedStep)
        {
            return Check(name, LabDbOutcome.Skipped, null, login.Fault == LoginFault.NoTool ? "the container has neither nc nor bash" : Why());
        }

        return login.FailedStep == step
            ? Check(name, LabDbOutcome.Failed, latency, login.Detail.Length > 0 ? login.Detail : Word(login.Fault))
            : Check(name, LabDbOutcome.Passed, latency, detail);
    }

    private string Why() => seen.TimedOut ? "the time was up" : "an earlier check failed";

    private static string Word(Enum value)
    {
        // NameUnknown becomes "name unknown".
        string text = value.ToString();
        return string.Concat(text.Select((sign, index) => char.IsUpper(sign) ? (index == 0 ? "" : " ") + char.ToLowerInvariant(sign) : sign.ToString()));
    }

    private static LabDbCheck Check(string name, LabDbOutcome outcome, TimeSpan? latency, string detail) =>
        new() { Name = name, Outcome = outcome, Latency = latency, Detail = SecretMask.Standard.MaskText(detail) };
}
