using System.Text.Json;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Docker.Endpoints;

/// <summary>How much disk an engine uses, from its own answer.</summary>
public sealed class EngineDiskUseTests
{
    [Fact]
    public void What_nothing_uses_is_reclaimable_and_shared_layers_count_once()
    {
        using JsonDocument answer = JsonDocument.Parse(
            """
            { "LayersSize": 500,
              "Images": [ { "Size": 300, "SharedSize": 100, "Containers": 1 }, { "Size": 300, "SharedSize": 100, "Containers": 0 } ],
              "Containers": [ { "State": "running", "SizeRw": 5 }, { "State": "exited", "SizeRw": 7 }, { "State": "exited" } ],
              "Volumes": [ { "UsageData": { "Size": 11, "RefCount": 1 } }, { "UsageData": { "Size": 13, "RefCount": 0 } }, { "UsageData": { "Size": -1, "RefCount": -1 } }, {} ],
              "BuildCache": [ { "Size": 17, "InUse": true }, { "Size": 19 }, { "Size": 23, "Shared": true } ] }
            """);

        EngineDiskUse use = EngineDiskUse.Read(answer.RootElement);

        Assert.Equal(new DiskUse(2, 500, 200), use.Images);
        Assert.Equal(new DiskUse(3, 12, 7), use.Containers);
        Assert.Equal(new DiskUse(4, 24, 13), use.Volumes);
        Assert.Equal(new DiskUse(3, 36, 19), use.BuildCache);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "Images": null, "Volumes": [ 1, null ], "LayersSize": "x" }""")]
    [InlineData("[]")]
    public void An_answer_with_missing_parts_is_an_empty_use(string json)
    {
        using JsonDocument answer = JsonDocument.Parse(json);

        Assert.Equal(0, EngineDiskUse.Read(answer.RootElement).Images.Size);
    }
}
