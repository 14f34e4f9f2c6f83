using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>Hooks can write a secret without its name, which only the project's mask recognizes.</summary>
public sealed class HookRunnerTests
{
    private const string Secret = "correct-horse-battery";

    private static readonly HookOperation Hook = new("db", new ExecSpec { Command = ["login", Secret] }) { Id = "hook", Resource = ResourceId.Container("db"), Service = "db", Cause = "post_start" };

    [Fact]
    public async Task A_secret_that_a_hook_writes_is_masked()
    {
        List<string> written = [];

        await RunAsync(0, written.Add);

        Assert.Equal(2, written.Count);
        Assert.StartsWith("connected with ", written[0], StringComparison.Ordinal);
        Assert.DoesNotContain(written, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_a_failing_hook_writes_is_masked_in_the_error()
    {
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => RunAsync(3, _ => { }));

        Assert.Equal(EngineErrorId.CommandFailed, fault.Id);
        Assert.Contains("connected with ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault.Message, StringComparison.Ordinal);
        Assert.All(fault.Remedies, remedy => Assert.DoesNotContain(Secret, remedy.Command));
    }

    private static Task RunAsync(int exitCode, Action<string> written)
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("StartExecAsync db", _ => Task.FromResult<object?>(new WritingHook(exitCode)));
        return HookRunner.RunAsync(engine, Hook, new SecretMask([Secret]), written, CancellationToken.None);
    }

    /// <summary>A hook that writes the secret and another line.</summary>
    internal sealed class WritingHook(int exitCode) : IExecSession
    {
        public async Task CopyOutputAsync(Stream output, Stream error, CancellationToken token) =>
            await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"connected with {Secret}\ndone\n"), token);

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
