using ComposeLab.Database.Logins;
using ComposeLab.Database.Queries;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Errors;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>When the server is stopped to set a password, and when nothing is changed.</summary>
public sealed class PasswordResetTests
{
    private const int NeedsStop = 4;

    private static readonly ContainerDetails Server = new()
    {
        Id = "db-id",
        Name = "shop-db-1",
        Image = "postgres:16",
        ImageId = "sha256:db",
        State = ContainerState.Running,
        Health = HealthStatus.Healthy,
        Probes = [],
        ExitCode = 0,
        OutOfMemory = false,
        Error = "",
        Started = DateTimeOffset.UnixEpoch,
        Ended = null,
        RestartCount = 0,
        Tty = false,
        User = "",
        Environment = ["PGDATA=/data"],
        Healthcheck = null,
        Labels = new Dictionary<string, string>(),
        Networks = new Dictionary<string, ContainerNetwork>(),
        Mounts = [],
    };

    private static readonly DatabaseLogin Own = new("db", 5432, "lab", "new-secret", "lab");

    [Fact]
    public async Task A_server_whose_local_connections_need_a_password_is_left_alone_if_the_answer_is_no()
    {
        (IEngine engine, ScriptedEngine script) = Engine(NeedsStop);

        ResetOutcome outcome = await new PasswordReset(engine, Server, Own).SetAsync("lab", "new-secret", () => Task.FromResult(false), CancellationToken.None);

        Assert.Equal(new ResetOutcome(ResetStatus.NeedsStop), outcome);
        Assert.All(script.Calls, call => Assert.StartsWith(nameof(IEngine.StartExecAsync), call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_was_stopped_starts_again_if_the_helper_cannot_be_created()
    {
        (IEngine engine, ScriptedEngine script) = Engine(NeedsStop);
        script.Refuse(nameof(IEngine.CreateContainerAsync), 507, "no space left on device").Refuse(nameof(IEngine.RemoveContainerAsync), 404, "No such container");

        var fault = await Assert.ThrowsAsync<EngineException>(
            () => new PasswordReset(engine, Server, Own).SetAsync("lab", "new-secret", () => Task.FromResult(true), CancellationToken.None));

        Assert.Equal(507, fault.StatusCode);
        Assert.Equal($"{nameof(IEngine.StartContainerAsync)} {Server.Name}", script.Calls[^1]);
    }

    [Fact]
    public async Task The_server_is_not_stopped_if_the_question_cannot_be_asked()
    {
        (IEngine engine, ScriptedEngine script) = Engine(NeedsStop);

        await Assert.ThrowsAsync<LabException>(() => new PasswordReset(engine, Server, Own).SetAsync(
            "lab", "new-secret", () => throw new LabException(LabErrorId.ConfirmationRequired, "?", "-Force"), CancellationToken.None));

        Assert.All(script.Calls, call => Assert.StartsWith(nameof(IEngine.StartExecAsync), call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task If_the_answer_is_yes_the_server_is_stopped_and_always_started_again()
    {
        (IEngine engine, ScriptedEngine script) = Engine(NeedsStop);

        ResetOutcome outcome = await new PasswordReset(engine, Server, Own).SetAsync("lab", "new-secret", () => Task.FromResult(true), CancellationToken.None);

        Assert.True(outcome.WasStopped);
        string[] changes = [.. script.Calls.Select(call => call.Split(' ')[0]).Where(call => call != nameof(IEngine.StartExecAsync))];
        Assert.Equal(
            [nameof(IEngine.StopContainerAsync), nameof(IEngine.CreateContainerAsync), nameof(IEngine.StartContainerAsync), nameof(IEngine.RemoveContainerAsync), nameof(IEngine.StartContainerAsync)],
            changes);
        Assert.Equal("StartContainerAsync shop-db-1", script.Calls[^1]);
    }

    [Fact]
    public async Task A_running_server_that_accepts_the_change_is_never_stopped_and_nothing_is_asked()
    {
        (IEngine engine, ScriptedEngine script) = Engine(0);

        ResetOutcome outcome = await new PasswordReset(engine, Server, Own).SetAsync(
            "lab", "new-secret", () => throw new InvalidOperationException("asked"), CancellationToken.None);

        Assert.Equal(new ResetOutcome(ResetStatus.Done), outcome);
        Assert.Single(script.Calls);
    }

    private static (IEngine Engine, ScriptedEngine Script) Engine(int exitCode)
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On(nameof(IEngine.StartExecAsync), _ => Task.FromResult<object?>(new EndedCommand(exitCode)));
        return (engine, script);
    }

    /// <summary>A command that has printed nothing and has exited.</summary>
    private sealed class EndedCommand(int exitCode) : IExecSession
    {
        public Task CopyOutputAsync(Stream output, Stream error, CancellationToken token) => Task.CompletedTask;

        public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token) => Task.CompletedTask;

        public void CloseInput()
        {
        }

        public Task ResizeAsync(int width, int height, CancellationToken token) => Task.CompletedTask;

        public Task<int?> ReadExitCodeAsync(CancellationToken token) => Task.FromResult<int?>(exitCode);

        public Task<ExecState> ReadStateAsync(CancellationToken token) => Task.FromResult(new ExecState(exitCode, true));

        public void Dispose()
        {
        }
    }
}
