using System.Text.Json;
using ComposeLab.Engine.Cleaning;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Execution;

namespace ComposeLab.Engine.Tests.Cleaning;

/// <summary>What an engine holds that nothing uses, from its own answers.</summary>
public sealed class CleanupPlannerTests
{
    private const string Disk =
        """
        { "Images": [
            { "Id": "sha256:11111111111111aa", "RepoTags": [ "shop/api:1", "shop/api:latest" ], "Size": 300, "SharedSize": 100, "Created": 1000 },
            { "Id": "sha256:22222222222222bb", "RepoTags": [ "<none>:<none>" ], "RepoDigests": [ "<none>@<none>" ], "Size": 300, "SharedSize": -1, "Created": 2000, "Labels": { "com.docker.compose.project": "shop" } },
            { "Id": "sha256:33333333333333cc", "RepoTags": null, "RepoDigests": [ "postgres@sha256:33" ], "Size": 50, "SharedSize": 60, "Created": 3000 },
            { "Id": "sha256:44444444444444dd", "RepoTags": [ "job:1" ], "Size": 70, "SharedSize": 0, "Created": 1000 } ],
          "Containers": [
            { "Id": "c1", "Names": [ "/shop-api-1" ], "ImageID": "sha256:11111111111111aa", "State": "running", "SizeRw": 5, "Created": 1000, "Labels": { "com.docker.compose.project": "shop" },
              "NetworkSettings": { "Networks": { "shop_default": { "NetworkID": "n1" } } }, "Mounts": [ { "Type": "volume", "Name": "shop_data" }, { "Type": "bind", "Source": "/x" } ] },
            { "Id": "c2", "Names": [ "/shop-migrate-1" ], "ImageID": "sha256:44444444444444dd", "State": "exited", "SizeRw": 6, "Created": 1000, "Labels": { "com.docker.compose.project": "shop" } },
            { "Id": "c3", "Names": [ "/old-web-1" ], "ImageID": "sha256:33333333333333cc", "State": "exited", "SizeRw": 7, "Created": 1000, "Labels": { "com.docker.compose.project": "old" },
              "NetworkSettings": { "Networks": { "old_default": { "NetworkID": "n2" } } }, "Mounts": [ { "Type": "volume", "Name": "old_data" } ] } ],
          "Volumes": [
            { "Name": "shop_data", "UsageData": { "Size": 11 } },
            { "Name": "old_data", "UsageData": { "Size": 13 }, "CreatedAt": "2026-01-01T00:00:00Z", "Labels": { "com.docker.compose.project": "old" } },
            { "Name": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "UsageData": { "Size": -1 }, "Labels": null },
            { "Name": "labeled", "UsageData": { "Size": 3 }, "Labels": { "com.docker.volume.anonymous": "" } } ],
          "BuildCache": [ { "ID": "b1", "Size": 17, "InUse": true }, { "ID": "b2", "Size": 19, "LastUsedAt": "2026-01-01T00:00:00Z" }, { "ID": "b3", "Size": 23, "Shared": true } ] }
        """;

    private const string Networks =
        """
        [ { "Id": "n0", "Name": "bridge" }, { "Id": "n1", "Name": "shop_default" }, { "Id": "n2", "Name": "old_default", "Created": "2026-01-01T00:00:00Z" }, { "Id": "n3", "Name": "left" } ]
        """;

    [Fact]
    public void What_holds_no_data_is_planned_and_running_stacks_are_kept_whole() =>
        Assert.Equal(["Container old-web-1", "Network old_default", "Network left", "DanglingImage 222222222222", "BuildCache "], Plan(CleanupRequest.DefaultKinds));

    [Fact]
    public void An_image_is_used_only_by_containers_that_stay() => Assert.Equal(
        ["Container old-web-1", "DanglingImage 222222222222", "Image postgres@sha256:33"],
        Plan(new HashSet<EngineItemKind> { EngineItemKind.Container, EngineItemKind.Image }));

    [Fact]
    public void An_image_of_a_stopped_container_that_stays_is_used() =>
        Assert.Equal(["DanglingImage 222222222222"], Plan(new HashSet<EngineItemKind> { EngineItemKind.Image }));

    [Fact]
    public void Volumes_are_planned_only_if_asked_for_and_only_those_of_no_container() => Assert.Equal(
        ["AnonymousVolume 0123456789ab", "AnonymousVolume labeled"],
        Plan(new HashSet<EngineItemKind> { EngineItemKind.AnonymousVolume, EngineItemKind.Volume }));

    [Fact]
    public void A_volume_of_a_container_that_is_removed_too_is_unused() => Assert.Equal(
        ["Container old-web-1", "Volume old_data"],
        Plan(new HashSet<EngineItemKind> { EngineItemKind.Container, EngineItemKind.Volume }));

    [Fact]
    public void With_an_age_only_what_is_known_to_be_older_is_planned()
    {
        var all = Enum.GetValues<EngineItemKind>().ToHashSet();

        Assert.Equal(["Container old-web-1", "Image postgres@sha256:33"], Plan(all, DateTimeOffset.FromUnixTimeSeconds(4000), "sha256:22222222222222bb"));
        Assert.Contains("BuildCache ", Plan(all, DateTimeOffset.Parse("2026-01-02T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_size_of_an_image_is_what_no_other_image_shares_and_counts_once_for_several_names()
    {
        EngineContents contents = Read(Disk, Networks);

        Assert.Equal([200, 0, 300, 0, 70], contents.Images.Select(image => image.Object.Size));
        Assert.Equal("shop", contents.Images[2].Object.Project);
    }

    [Theory]
    [InlineData("{}", "[]")]
    [InlineData("""{ "Images": null, "Containers": [ 1, null, {} ], "Volumes": [ {} ] }""", "null")]
    [InlineData("[]", "{}")]
    public void An_answer_with_missing_parts_plans_no_more_than_it_names(string disk, string networks) =>
        Assert.All(CleanupPlanner.Plan(Read(disk, networks), new CleanupRequest(CleanupRequest.DefaultKinds, null)), item => Assert.Equal(EngineItemKind.Container, item.Kind));

    [Fact]
    public async Task What_somebody_else_removed_meanwhile_is_no_error_and_what_is_used_again_is_one()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.Refuse("RemoveNetworkAsync", 404, "not found").Refuse("RemoveVolumeAsync", 409, "volume is in use");
        var cleanup = new Cleanup(engine);

        Assert.False(await cleanup.RemoveAsync(new EngineItem(EngineItemKind.Network, "n1", "old_default", null, null, 0), CancellationToken.None));
        await Assert.ThrowsAsync<EngineException>(() => cleanup.RemoveAsync(new EngineItem(EngineItemKind.Volume, "data", "data", null, null, 0), CancellationToken.None));
    }

    private static IEnumerable<string> Plan(IReadOnlySet<EngineItemKind> kinds, DateTimeOffset? before = null, string? without = null) => CleanupPlanner
        .Plan(Read(Disk, Networks), new CleanupRequest(kinds, before))
        .Where(item => item.Id != without)
        .Select(item => $"{item.Kind} {item.Name}");

    private static EngineContents Read(string disk, string networks)
    {
        using JsonDocument first = JsonDocument.Parse(disk);
        using JsonDocument second = JsonDocument.Parse(networks);
        return EngineContents.Read(first.RootElement, second.RootElement);
    }
}
