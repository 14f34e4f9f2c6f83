using System.Text.Json;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class InitContainerTests
{
    private const string Shop = """
        services:
          db: { image: db, network_mode: none }
          api:
            image: api
            network_mode: none
            depends_on: [db]
            environment: { LEVEL: info, MODE: a }
            pre_start:
              - command: [migrate]
                environment: { MODE: b, DB_PASSWORD: hunter2hunter2 }
              - { image: tool, command: [chown, data], user: root, working_dir: /w, privileged: true }
        """;

    [Fact]
    public void Init_containers_run_in_order_after_the_dependencies_and_before_the_service() => PlanCase.Holds(
        before: null,
        after: Shop,
        plan: """
            create container lab-db-1: container does not exist
            create container lab-api-1: container does not exist
            run container lab-api-1.pre_start.1: pre_start (compose.yaml:9)
            run container lab-api-1.pre_start.2: pre_start (compose.yaml:11)
            """);

    [Fact]
    public void Each_step_waits_for_the_one_before_it()
    {
        StackPlan plan = Plan(Shop);

        RunContainerOperation[] runs = Runs(plan);
        Assert.Contains("create lab-api-1", runs[0].DependsOn);
        Assert.Contains("start lab-db-1", runs[0].DependsOn);
        Assert.Contains(runs[0].Id, runs[1].DependsOn);
        Assert.Contains(runs[1].Id, plan.Operations.Single(operation => operation.Id == "start lab-api-1").DependsOn);
    }

    [Fact]
    public void An_init_container_has_the_volumes_and_environment_of_the_service_and_the_hook_settings()
    {
        RunContainerOperation[] runs = Runs(Plan(Shop));

        Assert.Equal("api", runs[0].Spec.Image);
        Assert.Equal(["LEVEL=info", "MODE=b", "DB_PASSWORD=hunter2hunter2"], runs[0].Spec.Environment);
        Assert.Equal(["lab-api-1"], runs[0].Spec.VolumesFrom);
        Assert.Equal("none", runs[0].Spec.NetworkMode);
        Assert.Equal(
            ("tool", "chown data", "root", "/w", true),
            (runs[1].Spec.Image, string.Join(' ', runs[1].Spec.Command!), runs[1].Spec.User, runs[1].Spec.WorkingDirectory, runs[1].Spec.Security.Privileged));
    }

    [Fact]
    public void An_init_container_is_not_counted_among_the_containers_of_the_service()
    {
        IReadOnlyDictionary<string, string> labels = Runs(Plan(Shop))[0].Spec.Labels;

        Assert.Equal(("lab", "api", "pre_start"), (labels[StackLabels.Project], labels[StackLabels.Service], labels["com.docker.compose.hook"]));
        Assert.DoesNotContain(StackLabels.ConfigHash, labels.Keys);
    }

    [Theory]
    [InlineData(1, 47, "lab_a,lab_b", "")]
    [InlineData(1, 41, "lab_b", "lab_a")]
    public void An_init_container_is_in_every_network_of_the_service(int major, int minor, string created, string connected)
    {
        ComposeProject project = Projects.Load("""
            services: { api: { image: api, networks: { a: , b: { priority: 2 } }, pre_start: [{ command: [x] }] } }
            networks: { a: , b: }
            """);

        RunContainerOperation run = Assert.Single(Runs(new SimulatedEngine { Api = new Version(major, minor) }.WithImagesOf(project).Plan(project)));

        Assert.Equal(created, string.Join(',', run.Spec.Networks.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(connected, string.Join(',', run.FurtherNetworks.Keys));
    }

    [Fact]
    public void An_init_container_of_a_service_with_a_shared_network_also_shares_it()
    {
        RunContainerOperation run = Assert.Single(Runs(Plan("""
            services:
              vpn: { image: vpn }
              api: { image: api, network_mode: "service:vpn", pre_start: [{ command: [x] }] }
            """)));

        Assert.Equal("container:lab-vpn-1", run.Spec.NetworkMode);
    }

    [Fact]
    public void All_replicas_wait_for_one_run()
    {
        StackPlan plan = Plan("services: { api: { image: api, scale: 3, pre_start: [{ command: [x] }] } }");

        RunContainerOperation run = Assert.Single(Runs(plan));
        Assert.All([1, 2, 3], number => Assert.Contains(run.Id, plan.Operations.Single(operation => operation.Id == $"start lab-api-{number}").DependsOn));
        Assert.All([1, 2, 3], number => Assert.Contains($"create lab-api-{number}", run.DependsOn));
    }

    [Fact]
    public void A_hook_per_replica_runs_before_each_replica_with_its_volumes()
    {
        StackPlan plan = Plan("services: { api: { image: api, scale: 2, pre_start: [{ command: [all] }, { command: [each], per_replica: true }] } }");

        RunContainerOperation[] runs = Runs(plan);
        Assert.Equal(["lab-api-1.pre_start.1", "lab-api-1.pre_start.2", "lab-api-2.pre_start.2"], runs.Select(run => run.Resource.Name));
        Assert.Equal(["lab-api-2"], runs[2].Spec.VolumesFrom);
        Assert.Contains(runs[0].Id, runs[2].DependsOn);
        Assert.Equal([runs[2].Id], plan.Operations.Single(operation => operation.Id == "start lab-api-2").DependsOn);
    }

    [Fact]
    public void A_replica_added_to_running_ones_runs_only_the_hooks_per_replica()
    {
        ComposeProject project = Projects.Load("services: { api: { image: api, pre_start: [{ command: [all] }, { command: [each], per_replica: true }] } }");
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);

        StackPlan plan = engine.Plan(project, new StartOptions { Scale = new Dictionary<string, int> { ["api"] = 2 } });

        Assert.Equal(["lab-api-2.pre_start.2"], Runs(plan).Select(run => run.Resource.Name));
    }

    [Fact]
    public void Hooks_run_again_for_a_stopped_or_recreated_service_but_not_for_a_running_one()
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);

        Assert.True(engine.Plan(project).IsEmpty);
        Assert.Equal(2, Runs(engine.Plan(project, new StartOptions { ForceRecreate = true })).Length);
        engine.Change("lab-api-1", container => container with { State = ContainerState.Exited, ExitCode = 1 });
        Assert.Equal(2, Runs(engine.Plan(project)).Length);
        engine.Change("lab-api-1", container => container with { State = ContainerState.Paused });
        Assert.Empty(Runs(engine.Plan(project)));
    }

    [Fact]
    public void The_hooks_of_a_recreated_service_run_after_the_old_container_is_removed()
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);
        ComposeProject changed = Projects.Load(Shop.Replace("info", "debug", StringComparison.Ordinal));

        StackPlan plan = engine.Plan(changed);

        Assert.Contains("rename lab-api-1", Runs(plan)[0].DependsOn);
        engine.Start(changed);
    }

    [Fact]
    public void The_image_of_a_hook_is_pulled_first()
    {
        ComposeProject project = Projects.Load(Shop);

        StackPlan plan = new SimulatedEngine().WithImage("api").WithImage("db").Plan(project);

        Assert.Equal("pull image tool: image does not exist", Assert.Single(plan.Operations).ToString());
        Assert.Equal(["tool"], plan.Operations.OfType<ImageOperation>().Select(operation => operation.Image));
    }

    [Fact]
    public void The_image_of_a_hook_that_another_service_builds_is_built()
    {
        ComposeProject project = Projects.Load("services: { api: { image: api, pre_start: [{ image: lab-tool, command: [x] }] }, tool: { build: . } }");

        StackPlan plan = new SimulatedEngine().WithImage("api").Plan(project, new StartOptions { Services = ["api"] });

        Assert.Equal("build image lab-tool: image does not exist", Assert.Single(plan.Operations).ToString());
    }

    [Fact]
    public void Init_containers_from_an_earlier_start_are_removed_by_the_next_start_and_by_the_removal()
    {
        ComposeProject project = Projects.Load(Shop);
        RunContainerOperation run = Runs(Plan(Shop))[0];
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).WithLeftover(run);

        StackPlan start = engine.Plan(project);
        StackPlan removal = StackPlanner.PlanRemove("lab", null, engine.State, new RemoveOptions());

        RemoveContainerOperation removed = start.Operations.OfType<RemoveContainerOperation>().Single();
        Assert.Contains(removed.Id, Runs(start)[0].DependsOn);
        Assert.Equal([ResourceId.Container(run.Spec.Name)], removal.Operations.OfType<RemoveContainerOperation>().Select(operation => operation.Resource));
    }

    [Fact]
    public void A_recorded_plan_shows_the_hook_without_its_secrets()
    {
        string record = JsonSerializer.Serialize(PlanRecord.Of(Plan(Shop)));

        Assert.Contains("pre_start[0].command[0]", record, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", record, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_hook_makes_a_reviewed_plan_outdated()
    {
        PlanRecord record = PlanRecord.Of(Plan(Shop));

        Assert.Contains(
            record.Differences(Plan(Shop.Replace("hunter2hunter2", "hunter3hunter3", StringComparison.Ordinal))),
            difference => difference.Resource == ResourceId.Container("lab-api-1.pre_start.1"));
        Assert.DoesNotContain(record.Differences(Plan(Shop)), difference => difference.Resource == ResourceId.Container("lab-api-1.pre_start.1"));
    }

    private static StackPlan Plan(string yaml)
    {
        ComposeProject project = Projects.Load(yaml);
        return new SimulatedEngine().WithImagesOf(project).Plan(project);
    }

    private static RunContainerOperation[] Runs(StackPlan plan) => [.. plan.Operations.OfType<RunContainerOperation>()];
}
