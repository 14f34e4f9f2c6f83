using System.Text;
using System.Threading.Channels;
using ComposeLab.Engine.Docker;
using ComposeLab.Terminals;

namespace ComposeLab.Cmdlets.Tests.Terminals;

/// <summary>The connection of a terminal with a command, for every kind of terminal.</summary>
public sealed class TerminalSessionTests
{
    private readonly SimulatedTerminal _terminal = new();
    private readonly SimulatedCommand _command = new();

    [Fact]
    public async Task Keys_reach_the_command_and_its_output_and_exit_code_come_back()
    {
        Task<int?> running = RunAsync();
        _terminal.Type("ls\r");
        Assert.Equal("ls\r", await _command.TypedAsync(3));

        _command.Exit("a b\r\n", 7);

        Assert.Equal(7, await running);
        Assert.Equal("a b\r\n", Encoding.UTF8.GetString(_terminal.Screen.ToArray()));
        Assert.True(_terminal.IsRestored);
    }

    [Fact]
    public async Task The_command_has_the_size_of_the_terminal_from_the_start_and_after_each_change()
    {
        Task<int?> running = RunAsync();
        Assert.Equal((80, 24), await _command.Sizes.ReadAsync());

        _terminal.Resize((0, 0));
        _terminal.Resize((100, 40));

        Assert.Equal((100, 40), await _command.Sizes.ReadAsync());
        _command.Exit("", 0);
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task The_detach_keys_leave_the_command_running()
    {
        Task<int?> running = RunAsync();

        _terminal.Type("\u0010\u0011");

        Assert.Null(await running);
        Assert.Equal("\r\n", Encoding.UTF8.GetString(_terminal.Screen.ToArray()));
        Assert.True(_terminal.IsRestored);
    }

    [Fact]
    public async Task A_terminal_that_is_canceled_is_restored()
    {
        using var cancel = new CancellationTokenSource();
        Task<int?> running = new TerminalSession(_command, () => _terminal).RunAsync(cancel.Token);
        await _command.Sizes.ReadAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(_terminal.IsRestored);
    }

    private Task<int?> RunAsync() => new TerminalSession(_command, () => _terminal).RunAsync(CancellationToken.None);

    private sealed class SimulatedTerminal : RawTerminal
    {
        private readonly Lock _lock = new();
        private readonly Channel<byte[]> _keys = Channel.CreateUnbounded<byte[]>();
        private readonly Queue<(int Width, int Height)> _sizes = new([(80, 24)]);

        public MemoryStream Screen { get; } = new();

        public bool IsRestored { get; private set; }

        public override (int Width, int Height) Size
        {
            get
            {
                lock (_lock)
                {
                    return _sizes.Count > 1 ? _sizes.Dequeue() : _sizes.Peek();
                }
            }
        }

        public void Type(string keys) => _keys.Writer.TryWrite(Encoding.UTF8.GetBytes(keys));

        public void Resize((int Width, int Height) size)
        {
            lock (_lock)
            {
                _sizes.Enqueue(size);
            }
        }

        public override Stream OpenScreen() => Screen;

        public override int Read(int limit, byte[] buffer)
        {
            if (!_keys.Reader.TryRead(out byte[]? keys))
            {
                Thread.Yield();
                return 0;
            }

            keys.CopyTo(buffer, 0);
            return keys.Length;
        }

        public override void Dispose() => IsRestored = true;
    }

    private sealed class SimulatedCommand : IExecSession
    {
        private readonly Channel<byte> _typed = Channel.CreateUnbounded<byte>();
        private readonly Channel<(int Width, int Height)> _sizes = Channel.CreateUnbounded<(int Width, int Height)>();
        private readonly TaskCompletionSource<(string Output, int Code)> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ChannelReader<(int Width, int Height)> Sizes => _sizes.Reader;

        public void Exit(string output, int code) => _exit.SetResult((output, code));

        public async Task<string> TypedAsync(int count)
        {
            var typed = new byte[count];
            for (int index = 0; index < count; index++)
            {
                typed[index] = await _typed.Reader.ReadAsync();
            }

            return Encoding.UTF8.GetString(typed);
        }

        public async Task CopyOutputAsync(Stream output, Stream error, CancellationToken token) =>
            await output.WriteAsync(Encoding.UTF8.GetBytes((await _exit.Task.WaitAsync(token)).Output), token);

        public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token)
        {
            foreach (byte one in data.ToArray())
            {
                _typed.Writer.TryWrite(one);
            }

            return Task.CompletedTask;
        }

        public void CloseInput()
        {
        }

        public Task ResizeAsync(int width, int height, CancellationToken token)
        {
            _sizes.Writer.TryWrite((width, height));
            return Task.CompletedTask;
        }

        public async Task<int?> ReadExitCodeAsync(CancellationToken token) => (await _exit.Task).Code;

        public async Task<ExecState> ReadStateAsync(CancellationToken token) => new((await _exit.Task).Code, true);

        public void Dispose()
        {
        }
    }
}
