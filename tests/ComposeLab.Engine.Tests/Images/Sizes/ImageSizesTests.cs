using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images.Sizes;
using ComposeLab.Engine.Tests.Execution;

namespace ComposeLab.Engine.Tests.Images.Sizes;

/// <summary>The size of an image means the same on every engine.</summary>
public sealed class ImageSizesTests
{
    [Theory]
    [InlineData(true, 914, 200_000, 914L)]
    [InlineData(false, 200_000, 200_000, null)]
    [InlineData(false, 200_010, 200_010, null)]
    public async Task The_size_is_that_of_the_unpacked_layers(bool containerd, long reported, long size, long? content)
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On("InspectImageAsync", _ => Task.FromResult<object?>(Image(reported)))
            .On("ListImagesAsync", _ => Task.FromResult<object?>(Array.Empty<ImageSummary>()))
            .On("ReadImageHistoryAsync", _ => Task.FromResult<object?>(new ImageHistoryStep[] { new(DateTimeOffset.UnixEpoch, "COPY b", 150_000, ""), new(DateTimeOffset.UnixEpoch, "COPY a", 50_000, "") }))
            .On("DescribeAsync", _ => Task.FromResult<object?>(new EngineDescription { UsesContainerdStore = containerd }));

        ImageMeasure? measure = await new ImageSizes(engine).MeasureAsync("app", CancellationToken.None);

        Assert.Equal(size, measure!.Size);
        Assert.Equal(content, measure.ContentSize);
        Assert.InRange(measure.SharedSize, 0, measure.Size);
    }

    private static ImageDetails Image(long size) => new()
    {
        Id = "sha256:1",
        Names = [],
        Digests = [],
        Created = null,
        Size = size,
        OperatingSystem = "linux",
        Architecture = "amd64",
        Variant = "",
        Layers = ["sha256:a", "sha256:b"],
        Labels = new Dictionary<string, string>(),
        ExposedPorts = [],
        HasHealthcheck = false,
        Environment = [],
        Volumes = [],
        User = "",
    };
}
