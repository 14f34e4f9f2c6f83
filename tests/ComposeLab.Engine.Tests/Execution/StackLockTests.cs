using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

public sealed class StackLockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly EngineEndpoint _endpoint = EngineEndpoint.Resolve(new Dictionary<string, string>());
    private readonly string _project = $"lock-{Guid.NewGuid():N}";

    [Fact]
    public async Task A_command_waits_for_a_stack_that_another_one_changes_and_knows_about_it()
    {
        StackLock first = await TakeAsync();
        Task<StackLock> second = TakeAsync();
        Assert.False(second.IsCompleted);

        first.Dispose();

        using StackLock taken = await second.WaitAsync(Patience);
        Assert.True(taken.HasWaited);
    }

    [Fact]
    public async Task Commands_work_even_if_no_lock_can_be_created()
    {
        string path = StackLock.PathOf(_endpoint, _project)!;
        Directory.CreateDirectory(path);
        try
        {
            using StackLock taken = await TakeAsync().WaitAsync(Patience);
            Assert.False(taken.HasWaited);
        }
        finally
        {
            Directory.Delete(path);
        }
    }

    [Fact]
    public async Task Waiting_for_another_command_ends_with_the_token()
    {
        using StackLock first = await TakeAsync();
        using var stop = new CancellationTokenSource();
        Task<StackLock> second = StackLock.TakeAsync(_endpoint, _project, Patience, isRequired: true, new RecordedEvents(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_start_that_times_out_names_the_process_that_locks_the_stack()
    {
        using StackLock first = await TakeAsync();

        var fault = await Assert.ThrowsAsync<EngineException>(
            () => StackLock.TakeAsync(_endpoint, _project, TimeSpan.Zero, isRequired: true, new RecordedEvents(), CancellationToken.None));

        Assert.Equal(EngineErrorId.StackBusy, fault.Id);
        Assert.Contains($"process {Environment.ProcessId} ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_continues_without_the_lock_after_a_timeout()
    {
        using StackLock first = await TakeAsync();

        using StackLock second = await StackLock.TakeAsync(_endpoint, _project, TimeSpan.Zero, isRequired: false, new RecordedEvents(), CancellationToken.None);

        Assert.True(second.HasWaited);
    }

    [Fact]
    public async Task The_lock_file_is_in_a_private_folder_and_is_removed_with_the_lock()
    {
        string path = StackLock.PathOf(_endpoint, _project)!;
        using (await TakeAsync())
        {
            Assert.True(File.Exists(path));
            Assert.True(OperatingSystem.IsWindows()
                || File.GetUnixFileMode(Path.GetDirectoryName(path)!) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Only_one_of_many_parallel_commands_locks_the_stack_at_a_time()
    {
        int holders = 0;
        int most = 0;

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            using StackLock taken = await TakeAsync();
            most = Math.Max(most, Interlocked.Increment(ref holders));
            await Task.Yield();
            Interlocked.Decrement(ref holders);
        })));

        Assert.Equal(1, most);
    }

    private Task<StackLock> TakeAsync() => StackLock.TakeAsync(_endpoint, _project, Patience, isRequired: true, new RecordedEvents(), CancellationToken.None);
}
