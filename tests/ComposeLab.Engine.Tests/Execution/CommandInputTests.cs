using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>Commands that do not take their whole input. How long a real engine keeps such a connection open differs from run to run.</summary>
public sealed class CommandInputTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ReadingCommand _command = new();

    [Fact]
    public async Task The_input_of_a_command_that_has_exited_is_dropped_although_the_engine_still_holds_the_connection()
    {
        _command.Taking = new TaskCompletionSource().Task;
        _command.ExitCode = 0;

        await CommandInput.SendAsync(_command, Input(), Task.CompletedTask, CancellationToken.None).WaitAsync(Limit);

        Assert.False(_command.IsClosed);
    }

    [Fact]
    public async Task A_command_that_has_only_closed_its_output_gets_its_whole_input()
    {
        var taking = new TaskCompletionSource();
        _command.Taking = taking.Task;
        _command.Asked = count => count == 2 ? taking.SetResult : null;

        await CommandInput.SendAsync(_command, Input(), Task.CompletedTask, CancellationToken.None).WaitAsync(Limit);

        Assert.Equal((300_000, true), (_command.Taken, _command.IsClosed));
    }

    [Fact]
    public async Task A_refused_write_is_not_an_error_when_the_output_ends()
    {
        _command.Taking = Task.FromException(new EngineException(EngineErrorId.EngineUnreachable, "broken pipe", ""));
        var reading = new TaskCompletionSource();

        Task sending = CommandInput.SendAsync(_command, Input(), reading.Task, CancellationToken.None);

        Assert.False(sending.IsCompleted);
        reading.SetResult();
        await sending.WaitAsync(Limit);
    }

    [Fact]
    public async Task Sending_ends_with_the_token()
    {
        using var stop = new CancellationTokenSource();
        _command.Taking = new TaskCompletionSource().Task;
        Task sending = CommandInput.SendAsync(_command, Input(), new TaskCompletionSource().Task, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Limit));
    }

    private static MemoryStream Input() => new(new byte[300_000]);

    /// <summary>A command whose output has ended.</summary>
    private sealed class ReadingCommand : IExecSession
    {
        private int _asked;

        public Task Taking { get; set; } = Task.CompletedTask;

        public int? ExitCode { get; set; }

        public Func<int, Action?>? Asked { get; set; }

        public int Taken { get; private set; }

        public bool IsClosed { get; private set; }

        public Task CopyOutputAsync(Stream output, Stream error, CancellationToken token) => Task.CompletedTask;

        public async Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token)
        {
            await Taking.WaitAsync(token);
            Taken += data.Length;
        }

        public void CloseInput() => IsClosed = true;

        public Task ResizeAsync(int width, int height, CancellationToken token) => Task.CompletedTask;

        public Task<int?> ReadExitCodeAsync(CancellationToken token) => Task.FromResult(ExitCode);

        public Task<ExecState> ReadStateAsync(CancellationToken token)
        {
            Asked?.Invoke(++_asked)?.Invoke();
            return Task.FromResult(new ExecState(ExitCode, true));
        }

        public void Dispose()
        {
        }
    }
}
