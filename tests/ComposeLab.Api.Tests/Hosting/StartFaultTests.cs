using System.Text.Json;
using ComposeLab.Api.Tests.Support;

namespace ComposeLab.Api.Tests.Hosting;

[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class StartFaultTests(ProdLab lab)
{
    [Theory]
    [InlineData("DATABASE_URL=mysql://lab:geheim@db/lab", "DATABASE_URL")]
    [InlineData("DATABASE_URL=geheim", "DATABASE_URL")]
    [InlineData("DATABASE_URL=postgresql://lab:geheim@db:port/lab", "DATABASE_URL")]
    [InlineData("DATABASE_URL=postgresql://lab:geheim@/lab", "DATABASE_URL")]
    [InlineData("DATABASE_URL_FILE=/run/secrets/geheim", "DATABASE_URL_FILE")]
    public async Task An_invalid_setting_stops_the_service_with_one_clear_line(string setting, string named)
    {
        await using var api = await ExtraApi.StartAsync(lab, setting);

        Assert.Equal(1, await api.EndAsync());

        var line = JsonDocument.Parse(Assert.Single(await lab.LogAsync(api.Name))).RootElement;
        Assert.Equal("Critical", line.GetProperty("LogLevel").GetString());
        var message = line.GetProperty("Message").GetString()!;
        Assert.Contains($"{named}: expected", message, StringComparison.Ordinal);
        Assert.Contains("found", message, StringComparison.Ordinal);
        Assert.DoesNotContain("lab:geheim", line.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_set_twice_is_an_error()
    {
        await using var api = await ExtraApi.StartAsync(lab, "DATABASE_URL=postgresql://lab:geheim@db/lab", "DATABASE_PASSWORD=auch-geheim");

        Assert.Equal(1, await api.EndAsync());

        Assert.DoesNotContain("geheim", Assert.Single(await lab.LogAsync(api.Name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_setting_the_service_runs_and_says_what_is_missing()
    {
        await using var api = await ExtraApi.StartAsync(lab);
        await api.ReadyAsync();

        var answer = await api.Api!.GetAsync("/db-check");

        Assert.Equal((503, "not_configured"), (answer.Status, answer.Cause));
    }
}
