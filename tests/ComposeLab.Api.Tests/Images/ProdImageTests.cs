using System.Globalization;
using ComposeLab.Api.Tests.Support;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Api.Tests.Images;

[Trait("Needs", "Engine")]
[Collection(ProdLabTests.Name)]
public sealed class ProdImageTests(ProdLab lab)
{
    private const long SizeLimit = 35_000_000;

    [Fact]
    public async Task It_is_at_most_35_MB() => Assert.InRange((await ImageAsync()).Size, 1, SizeLimit);

    [Fact]
    public async Task Its_process_is_not_root_and_the_image_has_a_numeric_user()
    {
        Assert.True(int.Parse((await ImageAsync()).User, CultureInfo.InvariantCulture) > 0);
        await using var neighbor = await Neighbour.StartAsync(lab, lab.Container("api"));

        Assert.Contains("Uid:\t1654\t1654\t1654\t1654", await neighbor.ReadAsync("cat", "/proc/1/status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_no_shell()
    {
        var (code, output) = await ContainerCommand.ReadAsync(lab.Engine, lab.Container("api"), "sh", "-c", "true");

        Assert.NotEqual(0, code);
        Assert.Contains("executable file not found", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_healthcheck_is_the_program_itself()
    {
        var api = (await lab.Engine.InspectContainerAsync(lab.Container("api"), CancellationToken.None))!;

        Assert.Equal(["CMD", "/app/api", "--healthcheck"], api.Healthcheck!.Test);
        Assert.Equal(HealthStatus.Healthy, api.Health);
    }

    [Fact]
    public async Task An_unanswered_healthcheck_fails_with_the_reason()
    {
        var (code, output) = await ContainerCommand.ReadAsync(
            lab.Engine, lab.Container("api"), new ExecSpec { Command = ["/app/api", "--healthcheck"], Environment = ["ASPNETCORE_HTTP_PORTS=8001"] });

        Assert.Equal((1, "/healthz cannot be reached: ConnectionRefused"), (code, output.Trim()));
    }

    [Fact]
    public async Task It_contains_one_program_and_no_package_that_only_dev_needs()
    {
        await using var neighbor = await Neighbour.StartAsync(lab, lab.Container("api"));

        Assert.Equal("/proc/1/root/app/api", (await neighbor.ReadAsync("find", "/proc/1/root/app", "-type", "f")).Trim());
        Assert.NotEqual("0", await CountAsync(neighbor, "Npgsql"));
        Assert.Equal("0", await CountAsync(neighbor, "Scalar.AspNetCore"));
        Assert.Equal("0", await CountAsync(neighbor, "Microsoft.OpenApi"));
    }

    private static async Task<string> CountAsync(Neighbour neighbor, string text) =>
        (await neighbor.ReadAsync("grep", "-c", text, "/proc/1/root/app/api")).Trim();

    private async Task<ImageDetails> ImageAsync() => (await lab.Engine.InspectImageAsync(lab.Image, CancellationToken.None))!;
}
