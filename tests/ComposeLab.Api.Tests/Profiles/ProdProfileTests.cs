using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Profiles;

[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class ProdProfileTests(ProdLab lab)
{
    [Fact]
    public async Task It_greets_with_its_profile() => Assert.Equal("prod", (await lab.Api.GetAsync("/")).Property("profile")!.Value.GetString());

    [Fact]
    public async Task A_usable_database_is_shown_without_its_password()
    {
        var answer = await lab.Api.GetAsync("/db-check");

        Assert.Equal(200, answer.Status);
        Assert.True(answer.Property("ok")!.Value.GetBoolean());
        Assert.Equal("db:5432/lab", answer.Property("database")!.Value.GetString());
        Assert.Null(answer.Cause);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    public async Task It_serves_no_OpenAPI_document_and_no_page(string path) => Assert.Equal(404, (await lab.Api.GetAsync(path)).Status);

    [Fact]
    public async Task Its_log_is_one_JSON_object_per_line_without_the_password()
    {
        var lines = await lab.LogAsync(lab.Container("api"));

        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            using var entry = System.Text.Json.JsonDocument.Parse(line);
            Assert.Equal(TimeSpan.Zero, entry.RootElement.GetProperty("Timestamp").GetDateTimeOffset().Offset);
        });
        Assert.DoesNotContain(lines, line => line.Contains(lab.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_inspection_shows_no_variable_with_the_password()
    {
        foreach (var service in (string[])["api", "db"])
        {
            var container = (await lab.Engine.InspectContainerAsync(lab.Container(service), CancellationToken.None))!;

            Assert.DoesNotContain(container.Environment, variable => variable.Contains(lab.Password, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nothing_can_be_written_outside_the_data()
    {
        Assert.NotEqual(0, await ContainerCommand.RunAsync(lab.Engine, lab.Container("db"), "touch", "/etc/written"));
        await using var neighbor = await Neighbour.StartAsync(lab, lab.Container("api"));

        var root = (await neighbor.ReadAsync("cat", "/proc/1/mounts")).Split('\n').Single(mount => mount.Contains(" / ", StringComparison.Ordinal));
        Assert.StartsWith("ro,", root.Split(' ')[3], StringComparison.Ordinal);
    }
}
