using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ComposeLab.Api.Tests.Support;
using Xunit.Abstractions;

namespace ComposeLab.Api.Tests.Profiles;

[Trait("Needs", "Engine")]
public sealed partial class DevProfileTests(DevLab lab, ITestOutputHelper output) : IClassFixture<DevLab>
{
    [Fact]
    public async Task It_describes_its_endpoints()
    {
        var document = await lab.Api.GetAsync("/openapi/v1.json");

        Assert.Equal(200, document.Status);
        var paths = document.Property("paths")!.Value.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["/", "/db-check", "/healthz"], paths);
        var check = document.Property("paths")!.Value.GetProperty("/db-check").GetProperty("get").GetProperty("responses");
        Assert.True(check.TryGetProperty("503", out _));
    }

    [Fact]
    public async Task Its_page_and_everything_it_loads_come_from_the_service_itself()
    {
        var page = await lab.Api.GetAsync("/docs/");

        Assert.Equal(200, page.Status);
        var sources = Source().Matches(page.Body).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.DoesNotContain("//", source, StringComparison.Ordinal));
        foreach (var source in sources)
        {
            Assert.Equal(200, (await lab.Api.GetAsync(new Uri(new Uri("http://lab/docs/"), source).PathAndQuery)).Status);
        }
    }

    [Fact]
    public async Task The_database_answers_on_loopback()
    {
        using var client = new TcpClient();

        await client.ConnectAsync("127.0.0.1", lab.DatabasePort);

        Assert.True(client.Connected);
    }

    [Fact]
    public async Task A_source_edit_is_live_without_a_rebuild_of_the_image()
    {
        var before = await lab.Engine.InspectContainerAsync(lab.Container("api"), CancellationToken.None);
        var file = Path.Combine(lab.Source, "Endpoints", "LabEndpoints.cs");
        var edited = (await File.ReadAllTextAsync(file)).Replace("Hello from the ComposeLab API", "Edited", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, edited);

        var live = await Eventually.HoldsAsync(
            async () => (await lab.Api.TryGetAsync("/"))?.Property("message")?.GetString() == "Edited", TimeSpan.FromMinutes(3));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"live after {live.TotalSeconds:0.0} s"));
        var after = await lab.Engine.InspectContainerAsync(lab.Container("api"), CancellationToken.None);
        Assert.Equal((before!.Id, before.Started), (after!.Id, after.Started));
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Source();
}
