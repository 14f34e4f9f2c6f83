using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>What a swarm does not honor, with the line and what to do instead.</summary>
public class SwarmSupportTests
{
    [Theory]
    [InlineData("container_name: one", "container_name")]
    [InlineData("network_mode: host", "network_mode")]
    [InlineData("privileged: true", "privileged")]
    [InlineData("devices: [/dev/null]", "devices")]
    [InlineData("security_opt: [no-new-privileges:true]", "security_opt")]
    [InlineData("tmpfs: [/run]", "tmpfs")]
    [InlineData("shm_size: 64m", "shm_size")]
    [InlineData("platform: linux/amd64", "platform")]
    [InlineData("links: [other]", "links")]
    public void An_ignored_attribute_is_a_warning_with_its_line_and_an_alternative(string attribute, string name)
    {
        StackPlan plan = Plan(attribute);
        PlanWarning warning = Assert.Single(plan.Warnings);
        Assert.Contains($": {name} is ignored: ", warning.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", warning.Message, StringComparison.Ordinal);
        Assert.True(warning.Message.Split(". ").Length > 1 || warning.Message.Count(character => character == '.') > 1, warning.Message);
        Assert.Equal(4, warning.Origin!.Line);
        Assert.Empty(plan.Findings);
    }

    [Theory]
    [InlineData("ports: ['127.0.0.1:80:80']")]
    [InlineData("ports: ['8000-8010:80']")]
    [InlineData("volumes_from: [other]")]
    [InlineData("provider: { type: x }")]
    [InlineData("deploy: { mode: global, replicas: 2 }")]
    [InlineData("deploy: { mode: everywhere }")]
    [InlineData("deploy: { mode: replicated-job, restart_policy: { condition: any } }")]
    [InlineData("deploy: { mode: replicated-job, update_config: { parallelism: 1 } }")]
    [InlineData("{ ports: ['80:80'], deploy: { endpoint_mode: dnsrr } }")]
    [InlineData("depends_on: { other: { condition: service_completed_successfully } }")]
    public void What_would_not_be_the_same_prevents_the_deployment_with_its_line(string attribute)
    {
        PreflightFinding finding = Assert.Single(Plan(attribute).Findings);
        Assert.Equal((EngineErrorId.UnsupportedByEngine, 4), (finding.Id, finding.Line));
        Assert.NotEqual("", finding.Recommendation);
    }

    [Fact]
    public void A_service_that_is_only_built_prevents_the_deployment() => Assert.Single(new SimulatedSwarm().Plan(Projects.Load("services: { web: { build: . } }")).Findings);

    [Theory]
    [InlineData("volumes: ['data:/d']", 1)]
    [InlineData("volumes: ['/srv:/d']", 1)]
    [InlineData("{ volumes: ['data:/d'], deploy: { placement: { constraints: ['node.labels.db == true'] } } }", 0)]
    [InlineData("volumes: [{ type: tmpfs, target: /t }]", 0)]
    public void Data_of_one_node_is_a_warning_where_a_task_may_move_to_another(string attribute, int warnings)
    {
        string yaml = Yaml(attribute) + "volumes: { data: {} }\n";
        var one = new SimulatedSwarm();
        Assert.Empty(one.Plan(Projects.Load(yaml)).Warnings);
        one.Nodes.Add(SimulatedSwarm.Node("node2"));
        Assert.Equal(warnings, one.Plan(Projects.Load(yaml)).Warnings.Count);
    }

    [Fact]
    public void An_image_that_no_registry_knows_is_a_warning_where_there_are_several_nodes()
    {
        var swarm = new SimulatedSwarm();
        swarm.Images["x"] = null;
        Assert.Empty(swarm.Plan(Projects.Load(Yaml("init: true"))).Warnings);
        swarm.Nodes.Add(SimulatedSwarm.Node("node2"));
        Assert.Single(swarm.Plan(Projects.Load(Yaml("init: true"))).Warnings);
    }

    private static StackPlan Plan(string attribute) => new SimulatedSwarm().Plan(Projects.Load(Yaml(attribute)));

    private static string Yaml(string attribute)
    {
        string inner = attribute.StartsWith('{') ? attribute[1..^1].Trim() : attribute;
        return $"services:\n  web: {{ image: x,\n\n    {inner} }}\n  other: {{ image: y }}\n";
    }
}
