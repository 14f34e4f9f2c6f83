using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Projects;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Finds out why a service cannot use a working database.</summary>
/// <param name="seen">The evidence.</param>
/// <param name="app">The service.</param>
/// <param name="remedies">The fixes.</param>
internal sealed class AppDiagnosis(DatabaseEvidence seen, AppEvidence app, Remedies remedies)
{
    /// <summary>Creates the diagnosis.</summary>
    /// <returns>The cause; null if nothing is wrong.</returns>
    public DiagnosedCause? Find()
    {
        DiagnosedCause? finding = app.Container is { } container
            ? container switch
            {
                _ when app.IsDone => null,
                { State: ContainerState.Paused } => new DiagnosedCause(LabDbCause.ApiPaused, $"{container.Name} is paused{Works()}", remedies.StartAgain(app.Service)),
                { Runs: false } => Stopped($"{container.Name} {(container.State == ContainerState.Restarting ? "exits again and again" : "has exited")} (exit code {container.ExitCode}){LastError(container)}"),
                { Health: HealthStatus.Unhealthy } => new DiagnosedCause(
                    LabDbCause.ApiUnhealthy, $"{container.Name} is unhealthy{(container.LastProbe.Length == 0 ? "" : $" ({container.LastProbe})")}{Works()}", remedies.Restart(app.Service)),
                _ => OfAnswer(container),
            }
            : seen.IsSwarm
                ? new DiagnosedCause(LabDbCause.ApiStopped, $"{app.Service} has no running task{Works()}", $"{remedies.Start()}\nTo see why a task waits or failed: {remedies.ListTasks(app.Service)}")
                : Stopped($"{app.Service} has no container");
        return finding is null ? null : finding with { Client = seen.Clients.FirstOrDefault(client => client.Definition == app.Definition) };
    }

    private DiagnosedCause Stopped(string what) => new(LabDbCause.ApiStopped, what + Works(), remedies.StartAgain(app.Service));

    private string Works() => seen.Servers.FirstOrDefault() is { } server ? $"; {server.Service} works." : ".";

    private DiagnosedCause? OfAnswer(ContainerEvidence container) => app.Answer.Kind switch
    {
        ApiAnswerKind.Fault when app.Answer.Cause == "not_configured" => new DiagnosedCause(
            LabDbCause.ApiNotConfigured, $"{app.Service} has no database configured.", Configure()),
        ApiAnswerKind.Fault => new DiagnosedCause(
            LabDbCause.ApiDisagrees, $"The login of {app.Service} works, but {app.Service} reports that it cannot use the database: {app.Answer.Message}", remedies.Restart(app.Service)),
        ApiAnswerKind.Refused when app is { Target: { } target, AnswersAt: { } port, Listens: false } => new DiagnosedCause(
            LabDbCause.ApiPortMismatch, $"{app.Service} publishes port {target} of its container, but nothing listens there. It answers on port {port}.", ChangePort(target, port)),
        ApiAnswerKind.Refused when app.Listens == false && container.Health is HealthStatus.Healthy or HealthStatus.None => new DiagnosedCause(
            LabDbCause.ApiUnreachable, $"{container.Name} is running, but nothing listens on its published port {app.Target}: {app.Answer.Message} at {app.Answer.Address}.", remedies.Restart(app.Service)),
        _ => null,
    };

    private string Configure()
    {
        ServerEvidence? server = seen.Servers.FirstOrDefault();
        return server is null
            ? $"Give {app.Service} the variable DATABASE_URL, then: {remedies.Start()}"
            : $"Give {app.Service} the variable DATABASE_URL: {CommandText.Quote($"postgresql://{server.Own.User}:PASSWORD@{server.Service}:{server.Own.Port}/{server.Own.Database}")}, then: {remedies.Start()}";
    }

    private string ChangePort(int published, int listening) => app.Definition.Ports.FirstOrDefault(port => port.Target == published) is { } entry
        && remedies.Places.Place("ports", entry.Origin) is { } place
        ? $"In {place} write {listening} instead of {published}, then: {remedies.Start()}"
        : $"In the ports of {app.Service} write {listening} instead of {published}, then: {remedies.Start()}";

    private static string LastError(ContainerEvidence container) => container.Log.LastError is { Length: > 0 } last ? $": {last.TrimEnd('.')}" : "";
}
