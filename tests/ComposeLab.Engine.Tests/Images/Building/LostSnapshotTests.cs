using System.Text;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Engine.Tests.Images.Context;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Building;

/// <summary>An engine with containerd's store loses a layer after the last step now and then. Building again helps, from the cache.</summary>
public sealed class LostSnapshotTests : IDisposable
{
    private const string Lost = """{"errorDetail":{"message":"failed to prepare extraction snapshot \"extract-1 sha256:a\": parent snapshot sha256:b does not exist: not found"}}""";
    private const string Built = """{"aux":{"ID":"sha256:c"}}""";

    private readonly ScratchFolder _folder = new();
    private readonly Queue<string> _answers = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_build_whose_layer_was_lost_is_repeated()
    {
        ImageBuildResult result = await BuildAsync(Lost, Lost, Built);

        Assert.Equal("sha256:c", result.Id);
        Assert.Empty(_answers);
    }

    [Fact]
    public async Task A_build_is_not_repeated_without_end()
    {
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => BuildAsync(Lost, Lost, Lost, Built));

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Assert.Single(_answers);
    }

    [Fact]
    public async Task A_build_with_another_error_is_not_repeated()
    {
        await Assert.ThrowsAsync<EngineException>(() => BuildAsync("""{"errorDetail":{"message":"exit code: 1"}}""", Built));

        Assert.Single(_answers);
    }

    private Task<ImageBuildResult> BuildAsync(params string[] answers)
    {
        Array.ForEach(answers, _answers.Enqueue);
        _folder.Write("Dockerfile", "FROM scratch\n");
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("BuildImageAsync", _ => Task.FromResult<object?>(new MemoryStream(Encoding.UTF8.GetBytes(_answers.Dequeue() + "\n"))))
            .On("InspectImageAsync", _ => Task.FromResult<object?>(null))
            .On("ReadImageHistoryAsync", _ => Task.FromResult<object?>(Array.Empty<ImageHistoryStep>()));
        return ImageBuilder.BuildAsync(engine, new BuildSpec { Service = "api", Context = _folder.Path, Names = ["api:1"], Dockerfile = "Dockerfile" }, new RecordedEvents(), CancellationToken.None);
    }
}
