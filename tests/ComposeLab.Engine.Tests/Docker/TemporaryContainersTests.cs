using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Engine.Volumes;

namespace ComposeLab.Engine.Tests.Docker;

/// <summary>Containers that the module creates for its own work leave nothing behind, whenever the work ends.</summary>
public sealed class TemporaryContainersTests
{
    private static readonly ContainerSpec Spec = new() { Name = "look", Image = "image" };
    private static readonly ImageSummary Image = new() { Id = "image", Names = [], Labels = new Dictionary<string, string>(), Size = 1, Created = DateTimeOffset.UnixEpoch };

    [Fact]
    public async Task A_creation_that_is_canceled_is_over_when_the_cancellation_is_reported()
    {
        using var stop = new CancellationTokenSource();
        var created = new TaskCompletionSource();
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("CreateContainerAsync look", async token =>
        {
            Assert.False(token.CanBeCanceled);
            await stop.CancelAsync();
            await Task.Yield();
            created.SetResult();
            return new ContainerCreated("id", []);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TemporaryContainers.CreateAsync(engine, Spec, stop.Token));

        Assert.True(created.Task.IsCompleted);
    }

    [Fact]
    public async Task A_creation_that_never_ends_does_not_hold_up_the_cancellation()
    {
        using var stop = new CancellationTokenSource();
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("CreateContainerAsync look", async _ =>
        {
            await stop.CancelAsync();
            await new TaskCompletionSource().Task;
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TemporaryContainers.CreateAsync(engine, Spec, stop.Token));
    }

    [Theory]
    [InlineData(409)]
    [InlineData(500)]
    public async Task A_removal_is_repeated_while_the_engine_uses_the_container(int status)
    {
        int looks = 0;
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("RemoveContainerAsync look", _ => ++looks < 3
            ? Task.FromException<object?>(new EngineException(EngineErrorId.EngineRefused, "busy", "None.") { StatusCode = status })
            : Task.FromResult<object?>(null));

        await TemporaryContainers.RemoveAsync(engine, "look");

        Assert.Equal(3, looks);
    }

    [Fact]
    public async Task A_container_that_was_never_created_is_no_error_at_the_end()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Refuse("RemoveContainerAsync look", 404, "No such container");

        await TemporaryContainers.RemoveAsync(engine, "look");

        Assert.Equal("RemoveContainerAsync look", Assert.Single(script.Calls));
    }

    [Fact]
    public async Task A_backup_of_a_volume_that_is_canceled_while_its_container_is_created_removes_it()
    {
        using var stop = new CancellationTokenSource();
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("ListImagesAsync", _ => Task.FromResult<object?>(new[] { Image }))
            .On("CreateContainerAsync", async _ =>
            {
                await stop.CancelAsync();
                return new ContainerCreated("id", []);
            });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new VolumeArchives(engine).ReadAsync("data", _ => Task.CompletedTask, stop.Token));

        Assert.StartsWith("RemoveContainerAsync composelab-volume-", script.Calls[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_volume_whose_restore_is_canceled_is_removed_with_the_container_that_fills_it(bool isInUse)
    {
        using var stop = new CancellationTokenSource();
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("ListImagesAsync", _ => Task.FromResult<object?>(new[] { Image }))
            .On("CopyToContainerAsync", async token =>
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
                return null;
            });
        if (isInUse)
        {
            script.Refuse("RemoveVolumeAsync data", 409, "volume is in use");
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new VolumeArchives(engine).CreateAsync(new VolumeSpec { Name = "data" }, replaces: false, Stream.Null, stop.Token));

        Assert.Equal(["CreateVolumeAsync", "RemoveContainerAsync", "RemoveVolumeAsync"], script.Calls.Select(call => call.Split(' ')[0]).Where(call => call.Contains("Volume", StringComparison.Ordinal) || call.StartsWith("Remove", StringComparison.Ordinal)));
    }
}
