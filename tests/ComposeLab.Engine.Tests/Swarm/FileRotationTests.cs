using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>Versions of configs and secrets.</summary>
public class FileRotationTests
{
    private const string Files = """
        services: { web: { image: x, configs: [site], secrets: [pw] } }
        configs: { site: { content: one } }
        secrets: { pw: { file: pw.txt } }
        """;

    private static readonly ComposeProject First = Projects.Load(Files);

    [Fact]
    public void The_first_version_has_the_name_that_docker_gives_it() =>
        Assert.Equal(["lab_pw", "lab_site"], Deployed().Files);

    [Fact]
    public void A_new_content_is_a_new_version_with_its_hash_in_the_name_and_the_service_is_moved_to_it()
    {
        SimulatedSwarm swarm = Deployed().Deploy(Content("two"));
        string created = Assert.Single(swarm.Files, name => name.StartsWith("lab_site_", StringComparison.Ordinal));
        Assert.Matches("^lab_site_[0-9a-f]{10}$", created);
        Assert.Equal([created], swarm.Services[0].Spec.TaskTemplate.ContainerSpec!.Configs!.Select(use => use.Name));
        Assert.True(swarm.Plan(Content("two")).IsEmpty);
    }

    [Fact]
    public void A_new_secret_is_a_new_version_too()
    {
        SimulatedSwarm swarm = Deployed().With(First, "pw.txt", "changed");
        swarm.Deploy(First);
        Assert.Equal(2, swarm.Files.Count(name => name.StartsWith("lab_pw", StringComparison.Ordinal)));
    }

    [Fact]
    public void Versions_that_nothing_uses_are_removed_but_the_last_two()
    {
        SimulatedSwarm swarm = Deployed();
        foreach (string content in new[] { "two", "three", "four", "five", "six" })
        {
            swarm.Deploy(Content(content));
        }

        // The current one, and the two before.
        Assert.Equal(3, swarm.Files.Count(name => name.StartsWith("lab_site", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_earlier_content_uses_its_earlier_version_again()
    {
        SimulatedSwarm swarm = Deployed().Deploy(Content("two"));
        swarm.Deploy(First);
        Assert.Equal("lab_site", swarm.Services[0].Spec.TaskTemplate.ContainerSpec!.Configs![0].Name);
    }

    [Fact]
    public void A_config_that_docker_created_is_recognized_by_its_content()
    {
        SimulatedSwarm swarm = Deployed();
        swarm.ForgetLabels();
        Assert.DoesNotContain(swarm.Plan(First).Operations, operation => operation.Resource.Kind is ResourceKind.Config or ResourceKind.Service);
    }

    [Fact]
    public void A_secret_that_docker_created_is_compared_by_the_swarm_and_no_task_is_replaced()
    {
        SimulatedSwarm swarm = Deployed();
        swarm.ForgetLabels();
        StackPlan plan = swarm.Plan(First);
        Assert.Equal(["update secret lab_pw"], plan.Operations.Select(operation => operation.Id));
        swarm.Carry(plan);
        Assert.True(swarm.Plan(First).IsEmpty);
    }

    [Fact]
    public void The_name_of_a_secret_is_not_a_quick_test_for_its_content()
    {
        SwarmStackFile secret = StackConversion.Convert(First, new Dictionary<string, byte[]> { [Path.Combine(First.WorkingDirectory, "pw.txt")] = "hunter2"u8.ToArray() }).Files.Single(file => file.Kind == ResourceKind.Secret);
        string quick = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("hunter2"u8));
        Assert.DoesNotContain(secret.Hash, quick, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", secret.Spec.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("configs: { site: { external: true, name: given } }", EngineErrorId.ExternalResourceMissing)]
    [InlineData("configs: { site: { file: nosuch.txt } }", EngineErrorId.ExternalResourceMissing)]
    [InlineData("configs: { site: { content: '' } }", EngineErrorId.ExternalResourceMissing)]
    public void A_config_without_content_prevents_the_deployment(string configs, EngineErrorId id)
    {
        StackPlan plan = new SimulatedSwarm().Plan(Projects.Load("services: { web: { image: x, configs: [site] } }\n" + configs));
        PreflightFinding finding = Assert.Single(plan.Findings);
        Assert.Equal((id, 2), (finding.Id, finding.Line));
    }

    private static ComposeProject Content(string content)
    {
        ComposeProject other = Projects.Load(Files.Replace("one", content, StringComparison.Ordinal).Replace("pw.txt", Path.Combine(First.WorkingDirectory, "pw.txt"), StringComparison.Ordinal));
        return other;
    }

    private static SimulatedSwarm Deployed() => new SimulatedSwarm().With(First, "pw.txt", "secret").Deploy(First);
}
