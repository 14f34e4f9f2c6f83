using ComposeLab.Compose.Model;
using ComposeLab.Compose.Tests.Hostile;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Swarm;

/// <summary>Plans of deployments, from swarms in memory.</summary>
public class DeployPlanTests
{
    private const string Shop = """
        services:
          web:
            image: web:1
            environment: { LEVEL: info }
            depends_on: { db: { condition: service_healthy }, init: { condition: service_completed_successfully } }
            deploy: { replicas: 3, update_config: { order: start-first } }
          db: { image: db:1, volumes: ["data:/d"], healthcheck: { test: "true" } }
          init: { image: init:1, deploy: { mode: replicated-job } }
        volumes: { data: {} }
        """;

    [Fact]
    public void A_first_deployment_creates_each_service_after_those_it_depends_on()
    {
        StackPlan plan = new SimulatedSwarm().Plan(Projects.Load(Shop));
        Assert.Equal(
            PlanCase.Text("""
                create network lab_default: network does not exist
                create service lab_db: service does not exist
                create service lab_init: service does not exist
                wait service lab_db: others depend on it
                wait service lab_init: others depend on it
                create service lab_web: service does not exist
                wait service lab_db: requested
                wait service lab_init: requested
                wait service lab_web: requested
                """),
            plan.ToString());
        Operation web = plan.Operations.Single(operation => operation.Id == "create service lab_web");
        Assert.Equal(["create network lab_default", "wait lab_db Running", "wait lab_init Completed"], web.DependsOn);
    }

    [Fact]
    public void A_deployment_without_a_change_does_nothing_and_waits_for_nothing()
    {
        ComposeProject project = Projects.Load(Shop);
        Assert.Empty(new SimulatedSwarm().Deploy(project).Plan(project).Operations);
    }

    [Fact]
    public void An_update_that_waits_for_a_node_that_is_down_is_begun_again()
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(project);
        swarm.Change("lab_web", service => service with { UpdateStatus = new SwarmUpdateStatus { State = "updating" } });
        SwarmNode down = SimulatedSwarm.Node("node2") with { Status = new SwarmNodeStatus("down") };
        var task = new SwarmTask { Id = "t", ServiceId = swarm.State.Service("lab_web")!.Id, NodeId = down.Id, Spec = new SwarmTaskSpec(), DesiredState = "shutdown", Status = new SwarmTaskStatus { State = "preparing" } };
        ObservedSwarm state = swarm.State with { Nodes = [.. swarm.State.Nodes, down], Tasks = [task] };
        Assert.Equal(
            "update service lab_web: the update waits for a task on node node2, which is down\nwait service lab_web: requested\n",
            new DeployPlanner(project, state, new DeployOptions()).Make().ToString());
        Assert.Equal("wait service lab_web: requested\n", new DeployPlanner(project, state with { Nodes = swarm.State.Nodes }, new DeployOptions()).Make().ToString());
    }

    [Fact]
    public void A_changed_value_is_a_cause_with_its_line_and_a_service_without_changes_is_left_alone()
    {
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(Projects.Load(Shop));
        StackPlan plan = swarm.Plan(Projects.Load(Shop.Replace("LEVEL: info", "LEVEL: debug", StringComparison.Ordinal)));
        Assert.Equal("update service lab_web: environment.LEVEL: info -> debug (compose.yaml:4)\nwait service lab_web: requested\n", plan.ToString());
    }

    [Fact]
    public void A_deployment_continues_to_wait_for_a_service_that_has_not_converged()
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(project);
        swarm.Change("lab_db", service => service with { ServiceStatus = new SwarmServiceStatus(0, 1, 0) });
        Assert.Equal("wait service lab_db: requested\n", swarm.Plan(project).ToString());
    }

    [Fact]
    public void A_forced_update_and_a_digest_of_another_deployment_are_kept()
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(project);
        swarm.Change("lab_web", service => service with
        {
            Spec = service.Spec with
            {
                TaskTemplate = service.Spec.TaskTemplate with { ForceUpdate = 4, ContainerSpec = service.Spec.TaskTemplate.ContainerSpec! with { Image = "web:1@sha256:aa" } },
            },
        });
        Assert.True(swarm.Plan(project).IsEmpty);
        var update = Assert.IsType<UpdateServiceOperation>(swarm.Plan(Projects.Load(Shop.Replace("info", "debug", StringComparison.Ordinal))).Operations[0]);
        Assert.Equal((4ul, "web:1@sha256:aa"), (update.Spec.TaskTemplate.ForceUpdate!.Value, update.Spec.TaskTemplate.ContainerSpec!.Image));
    }

    [Fact]
    public void A_digest_that_the_registry_gives_is_part_of_the_image_with_its_platforms()
    {
        var swarm = new SimulatedSwarm();
        swarm.Images["web:1"] = new SwarmImage("sha256:bb", [new SwarmPlatform("amd64", "linux")]);
        var create = swarm.Plan(Projects.Load("services: { web: { image: 'web:1' } }")).Operations.OfType<CreateServiceOperation>().Single();
        Assert.Equal("web:1@sha256:bb", create.Spec.TaskTemplate.ContainerSpec!.Image);
        Assert.Equal([new SwarmPlatform("amd64", "linux")], create.Spec.TaskTemplate.Placement!.Platforms);
    }

    [Theory]
    [InlineData(false, "update service lab_web: deploy.replicas: 7 -> 3 (compose.yaml:6)\nwait service lab_web: requested\n")]
    [InlineData(true, "nothing to do\n")]
    public void The_scale_of_a_service_is_kept_on_request(bool keep, string plan)
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(project);
        swarm.Change("lab_web", service => service with
        {
            Spec = service.Spec with { Mode = new SwarmMode { Replicated = new SwarmReplicated(7) } },
            ServiceStatus = new SwarmServiceStatus(7, 7, 0),
        });
        Assert.Equal(plan, swarm.Plan(project, new DeployOptions { KeepScale = keep }).ToString());
    }

    [Fact]
    public void A_service_that_the_project_does_not_define_is_removed_only_on_request()
    {
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(Projects.Load(Shop));
        ComposeProject project = Projects.Load("services: { db: { image: 'db:1', volumes: ['data:/d'], healthcheck: { test: 'true' } } }\nvolumes: { data: {} }");
        StackPlan plan = swarm.Plan(project);
        Assert.True(plan.IsEmpty);
        Assert.Equal(["init", "web"], plan.Warnings.Select(warning => warning.Service));
        Assert.Equal(["remove service lab_init", "remove service lab_web"], swarm.Plan(project, new DeployOptions { Prune = true }).Operations.Select(operation => operation.Id));
    }

    [Fact]
    public void Without_a_wait_only_conditions_between_services_are_waited_for() => Assert.Equal(
        ["wait lab_db Running", "wait lab_init Completed"],
        new SimulatedSwarm().Plan(Projects.Load(Shop), new DeployOptions { NoWait = true }).Operations.OfType<WaitServiceOperation>().Select(wait => wait.Id));

    [Fact]
    public void A_change_that_replaces_no_task_is_not_monitored()
    {
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(Projects.Load(Shop));
        Assert.Equal(TimeSpan.Zero, swarm.Plan(Projects.Load(Shop.Replace("replicas: 3", "replicas: 3, labels: { a: b }", StringComparison.Ordinal))).Operations.OfType<WaitServiceOperation>().Single().Monitor);
        Assert.Equal(DeployPlanner.StandardMonitor, swarm.Plan(Projects.Load(Shop.Replace("info", "debug", StringComparison.Ordinal))).Operations.OfType<WaitServiceOperation>().Single().Monitor);
    }

    [Fact]
    public void The_order_of_the_ports_of_another_tool_is_kept_so_that_no_task_is_replaced()
    {
        const string yaml = "services: { web: { image: x, ports: ['80:80', '443:443'], deploy: { labels: { a: b } } } }";
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(Projects.Load(yaml));
        swarm.Change("lab_web", service => service with { Spec = service.Spec with { EndpointSpec = service.Spec.EndpointSpec! with { Ports = [.. service.Spec.EndpointSpec.Ports!.Reverse()] } } });

        Assert.True(swarm.Plan(Projects.Load(yaml)).IsEmpty);
        UpdateServiceOperation update = swarm.Plan(Projects.Load(yaml.Replace("a: b", "a: c", StringComparison.Ordinal))).Operations.OfType<UpdateServiceOperation>().Single();
        Assert.Equal([443, 80], update.Spec.EndpointSpec!.Ports!.Select(port => port.TargetPort));
    }

    [Fact]
    public void A_secret_value_never_appears_in_a_cause()
    {
        const string yaml = "services: { web: { image: x, environment: { DB_PASSWORD: first-secret } } }";
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(Projects.Load(yaml));
        string plan = swarm.Plan(Projects.Load(yaml.Replace("first", "second", StringComparison.Ordinal))).ToString();
        Assert.Contains("environment.DB_PASSWORD", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("-secret", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_the_same_name_on_the_engine_alone_prevents_the_deployment()
    {
        foreach (string? owner in new[] { null, "lab" })
        {
            PreflightFinding finding = Assert.Single(new SimulatedSwarm().WithNetwork("lab_default", "local", owner).Plan(Projects.Load(Shop)).Findings);
            Assert.Equal(EngineErrorId.ResourceInUse, finding.Id);
            Assert.Equal(owner, finding.Remedies.FirstOrDefault(remedy => remedy is { Kind: RemedyKind.RemoveStack, Orchestrator: Orchestrator.Compose })?.ProjectName);
        }
    }

    [Fact]
    public void A_removal_ends_the_tasks_before_it_removes_the_networks()
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(project);
        StackPlan plan = RemovalPlanning.Plan("lab", swarm.State, null);
        Assert.Equal(["wait for tasks"], plan.Operations.OfType<RemoveOverlayOperation>().Single().DependsOn);
        swarm.Carry(plan);
        Assert.False(swarm.State.Has("lab"));
    }

    [Fact]
    public void An_undo_rolls_back_exactly_the_services_that_the_last_deployment_changed()
    {
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(Projects.Load(Shop)).Deploy(Projects.Load(Shop.Replace("db:1", "db:2", StringComparison.Ordinal)));
        swarm.Deploy(Projects.Load(Shop.Replace("db:1", "db:2", StringComparison.Ordinal).Replace("info", "debug", StringComparison.Ordinal).Replace("init:1", "init:2", StringComparison.Ordinal)));
        StackPlan plan = RollbackPlanning.PlanRollback("lab", swarm.State, new RollbackOptions());
        Assert.Equal(["lab_init", "lab_web"], plan.Operations.OfType<RollbackServiceOperation>().Select(operation => operation.Resource.Name));
        swarm.Carry(plan);
        Assert.True(swarm.Plan(Projects.Load(Shop.Replace("db:1", "db:2", StringComparison.Ordinal))).IsEmpty);
    }

    [Fact]
    public void An_undo_of_a_first_deployment_has_nothing_to_return_to()
    {
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(Projects.Load(Shop));
        Assert.Equal(EngineErrorId.NothingToRollBack, Assert.Throws<EngineException>(() => RollbackPlanning.PlanRollback("lab", swarm.State, new RollbackOptions())).Id);
        Assert.Equal(EngineErrorId.ServiceNotFound, Assert.Throws<EngineException>(() => RollbackPlanning.PlanRollback("lab", swarm.State, new RollbackOptions { Services = ["nosuch"] })).Id);
    }

    [Fact]
    public void A_restart_replaces_all_tasks_and_is_not_a_deployment()
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedSwarm swarm = new SimulatedSwarm().Deploy(project);
        StackPlan plan = RollbackPlanning.PlanRedeploy("lab", swarm.State, new RollbackOptions { Services = ["web"] });
        swarm.Carry(plan);
        Assert.Equal(1ul, swarm.Services.Single(service => service.Spec.Name == "lab_web").Spec.TaskTemplate.ForceUpdate);
        Assert.True(swarm.Plan(project).IsEmpty);
    }

    [Fact]
    public void Fifty_services_of_three_tasks_are_planned_within_the_time_of_a_keystroke()
    {
        ComposeProject project = Projects.Load("services:\n" + string.Concat(Enumerable.Range(0, 50).Select(number =>
            $"  s{number}: {{ image: 'x:1', environment: {{ A: '{number}' }}, deploy: {{ replicas: 3 }}{(number > 0 ? $", depends_on: [s{number - 1}]" : "")} }}\n")));
        var swarm = new SimulatedSwarm();
        swarm.Plan(project);
        TimeSpan begun = ThreadTime.Now;
        Assert.Equal(50, swarm.Plan(project).Operations.OfType<CreateServiceOperation>().Count());
        Assert.InRange(ThreadTime.Now - begun, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
    }
}
