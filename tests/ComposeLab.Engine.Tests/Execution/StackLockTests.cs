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
    public async Task A_stack_that_another_command_changes_is_waited_for_and_then_known_to_have_been()
    {
        StackLock first = await TakeAsync();
        Task<StackLock> second = TakeAsync();
        Assert.False(second.IsCompleted);

        first.Dispose();

        using StackLock taken = await second.WaitAsync(Patience);
        Assert.True(taken.HasWaited);
    }

    [Fact]
    public async Task A_place_where_no_lock_can_be_made_keeps_nobody_from_working()
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
        Task<StackLock> second = StackLock.TakeAsync(_endpoint, _project, Patience, new RecordedEvents(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
    }

    private Task<StackLock> TakeAsync() => StackLock.TakeAsync(_endpoint, _project, Patience, new RecordedEvents(), CancellationToken.None);
}
