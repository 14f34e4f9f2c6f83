using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>Logs, probes and the engine can repeat a secret without its name, which only the project's mask recognizes.</summary>
public sealed class WaitErrorsTests
{
    private const string Secret = "correct-horse-battery";

    private static readonly SecretMask Mask = new([Secret]);

    private static readonly WaitOperation Wait =
        new("db", WaitCondition.Ready, true, TimeSpan.FromMinutes(5), false) { Id = "wait", Resource = ResourceId.Container("db"), Service = "db", Cause = "requested" };

    [Fact]
    public async Task A_secret_in_the_log_and_in_a_probe_is_masked_and_the_rest_is_kept()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Log(_ => Lines($"login with {Secret} failed")).On("InspectContainerAsync", _ => Task.FromResult<object?>(Details()));

        EngineException fault = await new WaitErrors(engine, Mask).UnhealthyAsync(Wait, Row(), CancellationToken.None);

        Assert.Equal($"login with {SecretMask.Masked} failed", Assert.Single(fault.Evidence!.LogTail));
        Assert.Equal($"probed with {SecretMask.Masked}", Assert.Single(fault.Evidence.Probes).Output);
        Assert.Contains($"exit code 1, probed with {SecretMask.Masked}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_the_refusal_of_a_call_is_masked_and_the_rest_is_kept()
    {
        var refusal = new EngineException(EngineErrorId.EngineRefused, $"no driver option {Secret} here", "None.") { StatusCode = 400 };

        EngineException fault = RefusedCall.Explain(Wait, refusal, Mask);

        Assert.EndsWith($"no driver option {SecretMask.Masked} here", fault.Message, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<LogLine> Lines(string text)
    {
        await Task.CompletedTask;
        yield return new LogLine(DateTimeOffset.UnixEpoch, false, text);
    }

    private static ContainerSummary Row() => SampleContainers.Row("db") with
    {
        Health = HealthStatus.Unhealthy,
        ExitCode = 0,
        Status = "Up 5 minutes",
    };

    private static ContainerDetails Details() => SampleContainers.Details("db") with
    {
        Health = HealthStatus.Unhealthy,
        Probes = [new HealthProbe(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 1, $"probed with {Secret}")],
    };
}
