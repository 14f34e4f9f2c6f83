using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Database.Diagnosis;

/// <summary>Names what keeps the API from using a database that works.</summary>
/// <param name="seen">What was seen.</param>
/// <param name="remedies">What mends it.</param>
internal sealed class ApiDiagnosis(DatabaseEvidence seen, Remedies remedies)
{
    /// <summary>Makes the diagnosis.</summary>
    /// <returns>The cause; null when nothing is wrong.</returns>
    public Finding? Find()
    {
        if (seen.Client is not { } client)
        {
            return new Finding(LabDbCause.ApiStopped, $"{seen.Api} has no container; {seen.Service} works.", remedies.Start());
        }

        return client switch
        {
            { State: ContainerState.Paused } => new Finding(LabDbCause.ApiPaused, $"{client.Name} is paused; {seen.Service} works.", remedies.Start()),
            { Runs: false } => new Finding(LabDbCause.ApiStopped, $"{client.Name} is stopped (exit code {client.ExitCode}){LastWord(client)}; {seen.Service} works.", remedies.Start()),
            { Health: HealthStatus.Unhealthy } => new Finding(
                LabDbCause.ApiUnhealthy, $"{client.Name} is unhealthy{Said(client)}; {seen.Service} works.", remedies.Restart(seen.Api!)),
            _ => OfAnswer(client),
        };
    }

    private Finding? OfAnswer(ContainerEvidence client) => seen.Answer.Kind switch
    {
        ApiAnswerKind.Fault when seen.Answer.Cause == "not_configured" => new Finding(
            LabDbCause.ApiNotConfigured, $"{seen.Api} has no database configured.", remedies.Configure()),
        ApiAnswerKind.Fault => new Finding(
            LabDbCause.ApiDisagrees, $"{seen.Service} works, and {seen.Api} cannot use it: {seen.Answer.Message}", remedies.Restart(seen.Api!)),
        ApiAnswerKind.Refused or ApiAnswerKind.Broken when seen.ApiTarget is { } target && seen.ApiAnswersAt is { } port => new Finding(
            LabDbCause.ApiPortMismatch,
            $"{seen.Api} publishes port {target} of its container, at which nothing listens; it answers at {port}.",
            remedies.ChangeApiPort(target, port)),
        ApiAnswerKind.Silent => new Finding(
            LabDbCause.ApiUnhealthy, $"{client.Name} runs and does not answer ({seen.Answer.Message}); {seen.Service} works.", remedies.Restart(seen.Api!)),
        ApiAnswerKind.Refused or ApiAnswerKind.Broken => new Finding(
            LabDbCause.ApiUnreachable,
            $"{client.Name} runs, and {seen.Answer.Address} cannot be reached: {seen.Answer.Message}.",
            client.Health == HealthStatus.Starting ? remedies.Wait() : remedies.Restart(seen.Api!)),
        _ => null,
    };

    private static string LastWord(ContainerEvidence client) =>
        client.LogTail.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } last ? $"; its last word: {last.Trim()}" : "";

    private static string Said(ContainerEvidence client) => client.LastProbe.Length == 0 ? "" : $" ({client.LastProbe})";
}
