using System.Globalization;
using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Hosting;

[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class FootprintTests(ProdLab lab, ITestOutputHelper output)
{
    private const double MemoryLimit = 25;

    [Fact]
    public async Task An_idle_service_that_has_served_both_pages_uses_at_most_25_MiB()
    {
        await using var api = await ExtraApi.StartAsync(lab, "DATABASE_URL=postgresql://lab@db/lab", $"DATABASE_PASSWORD={lab.Password}");
        await api.ReadyAsync();
        Assert.Equal(200, (await api.Api!.GetAsync("/")).Status);
        Assert.Equal(200, (await api.Api.GetAsync("/db-check")).Status);

        var mebibytes = await ContainerMemory.ReadAsync(lab, api.Name) / 1024.0 / 1024.0;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory: {mebibytes:0.0} MiB"));
        Assert.InRange(mebibytes, 1, MemoryLimit);
    }

    [Fact]
    public async Task A_started_service_is_ready_quickly()
    {
        await using var api = await ExtraApi.StartAsync(lab);
        await api.ReadyAsync();
        var started = (await lab.Engine.InspectContainerAsync(api.Name, CancellationToken.None))!.Started!.Value;

        var ready = await ListeningAsync(api) - started;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready after {ready.TotalMilliseconds:0} ms"));
        Assert.InRange(ready, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    private async Task<DateTimeOffset> ListeningAsync(ExtraApi api)
    {
        var line = (await lab.LogAsync(api.Name)).First(line => line.Contains("Now listening on", StringComparison.Ordinal));
        return System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("Timestamp").GetDateTimeOffset();
    }
}
