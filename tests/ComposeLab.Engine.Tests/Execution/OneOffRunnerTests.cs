using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

public sealed class OneOffRunnerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly IEngine _engine;
    private readonly ScriptedEngine _script;
    private readonly AttachedSession _session = new();
    private readonly List<string> _written = [];

    public OneOffRunnerTests()
    {
        (_engine, _script) = ScriptedEngine.Make();
        _script.On("AttachContainerAsync", _ => Task.FromResult<object?>(_session));
    }

    [Fact]
    public async Task The_connection_is_made_before_the_start_so_that_no_output_is_lost()
    {
        using var output = new MemoryStream();

        int code = await Runner().RunAsync(null, output, Stream.Null, CancellationToken.None).WaitAsync(Limit);

        Assert.Equal(["AttachContainerAsync run", "StartContainerAsync run"], _script.Calls);
        Assert.Equal((7, "said"), (code, Encoding.UTF8.GetString(output.ToArray())));
    }

    [Fact]
    public async Task Input_is_sent_and_closed()
    {
        await Runner().RunAsync("abc"u8.ToArray(), Stream.Null, Stream.Null, CancellationToken.None).WaitAsync(Limit);

        Assert.Equal("abc", Encoding.UTF8.GetString(_session.Input.ToArray()));
        Assert.True(_session.IsClosed);
    }

    [Fact]
    public async Task A_cancellation_kills_the_container()
    {
        using var stop = new CancellationTokenSource();
        _session.EndsBy = Task.Delay(Timeout.Infinite, stop.Token);
        _script.On("StartContainerAsync", async _ =>
        {
            await stop.CancelAsync();
            return null;
        });

        ExecCanceledException fault = await Assert.ThrowsAsync<ExecCanceledException>(
            () => Runner().RunAsync(null, Stream.Null, Stream.Null, stop.Token).WaitAsync(Limit));

        Assert.True(fault.WasEnded);
        Assert.Contains("KillContainerAsync run", _script.Calls);
    }

    [Fact]
    public async Task A_container_that_cannot_be_started_is_an_error()
    {
        var connection = new TaskCompletionSource();
        _session.EndsBy = connection.Task;
        _session.Disposed = () => connection.TrySetException(new IOException("closed"));
        _script.Refuse("StartContainerAsync run", 400, "no such program");

        await Assert.ThrowsAsync<EngineException>(() => Runner().RunAsync(null, Stream.Null, Stream.Null, CancellationToken.None).WaitAsync(Limit));
    }

    [Fact]
    public async Task Only_the_container_with_the_slug_is_removed()
    {
        Assert.True(await Runner().RemoveAsync(canceled: false));
        Assert.DoesNotContain(_script.Calls, call => call.StartsWith("RemoveContainerAsync", StringComparison.Ordinal));

        _script.On("ListContainersAsync", _ => Task.FromResult<object?>(new[] { Row() }));
        Assert.True(await Runner().RemoveAsync(canceled: true));
        Assert.Contains("RemoveContainerAsync id", _script.Calls);
    }

    [Fact]
    public async Task A_removal_after_a_cancellation_does_not_wait_for_an_engine_that_hangs()
    {
        _script.Hang("ListContainersAsync");

        Assert.False(await Runner().RemoveAsync(canceled: true).WaitAsync(Limit));
    }

    private static ContainerSummary Row() => SampleContainers.Row("run") with
    {
        Id = "id",
        State = ContainerState.Exited,
        ExitCode = 0,
    };

    [Fact]
    public async Task What_a_hook_writes_is_passed_on()
    {
        ServiceDefinition service = Projects.Load("services: { api: { image: i, container_name: run, post_start: [{ command: [x] }] } }").Services["api"];
        _script.On("StartExecAsync run", _ => Task.FromResult<object?>(new HookRunnerTests.WritingHook(0)));

        await new OneOffRunner(_engine, service, "slug", SecretMask.Standard, _written.Add).StartAsync(CancellationToken.None);

        Assert.Equal("done", _written[^1]);
    }

    private OneOffRunner Runner() => new(_engine, Service(), "slug", SecretMask.Standard, _written.Add);

    private static ServiceDefinition Service() => Projects.Load("services: { api: { image: i, container_name: run } }").Services["api"];

    /// <summary>A process that says a word and exits with code 7.</summary>
    private sealed class AttachedSession : IExecSession
    {
        public Task EndsBy { get; set; } = Task.CompletedTask;

        public Action? Disposed { get; set; }

        public MemoryStream Input { get; } = new();

        public bool IsClosed { get; private set; }

        public async Task CopyOutputAsync(Stream output, Stream error, CancellationToken token)
        {
            await EndsBy;
            await output.WriteAsync("said"u8.ToArray(), token);
        }

        public async Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token) => await Input.WriteAsync(data, token);

        public void CloseInput() => IsClosed = true;

        public Task ResizeAsync(int width, int height, CancellationToken token) => Task.CompletedTask;

        public Task<int?> ReadExitCodeAsync(CancellationToken token) => Task.FromResult<int?>(7);

        public Task<ExecState> ReadStateAsync(CancellationToken token) => Task.FromResult(new ExecState(7, true));

        public void Dispose() => Disposed?.Invoke();
    }
}
