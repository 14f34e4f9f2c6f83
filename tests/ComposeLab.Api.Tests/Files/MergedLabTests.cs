using ComposeLab.Api.Tests.Support;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;

namespace ComposeLab.Api.Tests.Files;

/// <summary>What the lab's files promise, read from the merged project as it is committed.</summary>
public sealed class MergedLabTests
{
    [Fact]
    public void Prod_publishes_the_API_and_nothing_else()
    {
        var prod = Load("prod");

        Assert.Empty(prod.Services["db"].Ports);
        Assert.Equal("8000", Assert.Single(prod.Services["api"].Ports).Target.ToString());
    }

    [Fact]
    public void Dev_publishes_the_database_on_loopback_only() =>
        Assert.Equal("127.0.0.1", Assert.Single(Load("dev").Services["db"].Ports).HostIp);

    [Fact]
    public void Prod_mounts_no_host_paths()
    {
        var mounts = Load("prod").Services.Values.SelectMany(service => service.Volumes).ToList();

        Assert.NotEmpty(mounts);
        Assert.DoesNotContain(mounts, mount => mount.Type == MountType.Bind);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("db")]
    public void In_prod_a_service_restarts_automatically_and_has_minimal_privileges(string name)
    {
        var service = Load("prod").Services[name];

        Assert.Equal("unless-stopped", service.Restart);
        Assert.True(service.ReadOnly);
        Assert.Equal(["ALL"], service.CapDrop);
        Assert.Contains("no-new-privileges:true", service.SecurityOpt);
    }

    [Fact]
    public void In_prod_no_password_is_in_a_variable() =>
        Assert.DoesNotContain(
            Load("prod").Services.Values.SelectMany(service => service.Environment), variable => variable.Value?.Contains("geheim", StringComparison.Ordinal) ?? false);

    [Fact]
    public void On_a_swarm_the_database_stays_on_its_node_and_the_API_is_replaced_without_a_gap()
    {
        var swarm = Load("swarm");

        Assert.Equal(["node.labels.composelab.db == true"], swarm.Services["db"].Deploy!.Placement!.Constraints);
        Assert.Equal("stop-first", swarm.Services["db"].Deploy!.UpdateConfig!.Order);
        Assert.Equal((3L, "start-first"), (swarm.Services["api"].Deploy!.Replicas, swarm.Services["api"].Deploy!.UpdateConfig!.Order));
        Assert.All(swarm.Services.Values, service => Assert.NotNull(service.Deploy!.Resources!.Limits!.Memory));
        Assert.DoesNotContain(swarm.Services.Values.SelectMany(service => service.Environment), variable => variable.Value?.Contains("geheim", StringComparison.Ordinal) ?? false);
        Assert.NotEqual(Load("prod").Volumes["pgdata"].Name, swarm.Volumes["pgdata"].Name);
    }

    private static ComposeProject Load(string profile) => ComposeLoader.Load(
        new ComposeRequest
        {
            WorkingDirectory = Path.Combine(LabFolder.Repository(), "compose"),
            Files = ["compose.yaml", $"compose.{profile}.yaml"],
            EnvFiles = [".env.example"],
            Environment = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = "geheim" },
        },
        CancellationToken.None);
}
