using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class EndPlanTests
{
    private readonly ComposeProject _project = Projects.Load("""
        services:
          web: { image: web, depends_on: [api] }
          api: { image: api, depends_on: { db: { condition: service_healthy, restart: true } } }
          db: { image: db, volumes: ["data:/data"] }
        volumes: { data: }
        """);

    [Fact]
    public void Dependents_stop_first_but_nothing_waits_for_their_removal()
    {
        StackPlan plan = StackPlanner.PlanRemove("lab", _project, Started().State, new RemoveOptions { Volumes = true });

        Assert.Equal(
            PlanCase.Text("""
                remove container lab-web-1: requested
                remove container lab-api-1: requested
                remove container lab-db-1: requested
                remove network lab_default: requested
                remove volume lab_data: requested, with all data
                """),
            plan.ToString());
        Operation stopDb = plan.Operations.Single(operation => operation.Service == "db" && operation.Kind == OperationKind.StopContainer);
        Operation before = plan.Operations.Single(operation => operation.Id == Assert.Single(stopDb.DependsOn));
        Assert.Equal((OperationKind.StopContainer, "api"), (before.Kind, before.Service));
    }

    [Theory]
    [InlineData(RemovedImages.None, "")]
    [InlineData(RemovedImages.Local, "lab-own")]
    [InlineData(RemovedImages.All, "db,lab-own,named")]
    public void Images_are_removed_with_a_stack_as_requested(RemovedImages images, string removed)
    {
        ComposeProject project = Projects.Load("services: { own: { build: . }, named: { image: named, build: . }, db: { image: db }, twin: { image: db }, missing: { image: missing, profiles: [x] } }");
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);

        StackPlan plan = StackPlanner.PlanRemove("lab", project, engine.State, new RemoveOptions { Images = images });

        RemoveImageOperation[] steps = [.. plan.Operations.OfType<RemoveImageOperation>()];
        Assert.Equal(removed, string.Join(',', steps.Select(step => step.Image)));
        Assert.All(steps, step => Assert.NotEmpty(step.DependsOn));
    }

    [Fact]
    public void Without_files_the_labels_on_the_containers_define_the_order()
    {
        StackPlan plan = StackPlanner.PlanStop("lab", null, Started().State, new StopOptions());

        Assert.Equal(["web", "api", "db"], plan.Operations.Select(operation => operation.Service));
        Assert.All(plan.Operations.Skip(1), operation => Assert.Single(operation.DependsOn));
    }

    [Fact]
    public void Hooks_are_in_the_files_so_stopping_a_stack_by_name_alone_runs_none()
    {
        ComposeProject project = Projects.Load("""
            services: { a: { image: a, pre_stop: [{ command: "true" }], post_start: [{ command: "true" }] } }
            """);
        ObservedState state = new SimulatedEngine().WithImagesOf(project).Start(project).State;

        foreach ((ComposeProject? known, int hooks) in new[] { ((ComposeProject?)project, 1), (null, 0) })
        {
            Assert.Equal(hooks, Hooks(StackPlanner.PlanStop("lab", known, state, new StopOptions())));
            Assert.Equal(hooks, Hooks(StackPlanner.PlanRemove("lab", known, state, new RemoveOptions())));
            Assert.Equal(hooks * 2, Hooks(StackPlanner.PlanRestart("lab", known, state, new RestartOptions())));
        }

        static int Hooks(StackPlan plan) => plan.Operations.Count(operation => operation is HookOperation);
    }

    [Fact]
    public void The_order_is_kept_across_a_service_that_is_not_running()
    {
        SimulatedEngine engine = Started();
        engine.Change("lab-api-1", container => container with { State = ContainerState.Exited, ExitCode = 0 });

        StackPlan plan = StackPlanner.PlanStop("lab", _project, engine.State, new StopOptions());

        Assert.Equal(["web", "db"], plan.Operations.Select(operation => operation.Service));
        Assert.Equal(plan.Operations[0].Id, Assert.Single(plan.Operations[1].DependsOn));
    }

    [Fact]
    public void A_restart_includes_dependents_with_restart_true()
    {
        StackPlan plan = StackPlanner.PlanRestart("lab", null, Started().State, new RestartOptions { Services = ["db"] });

        Assert.Equal(
            PlanCase.Text("""
                stop container lab-api-1: restart
                stop container lab-db-1: restart
                start container lab-db-1: restart
                start container lab-api-1: restart
                """),
            plan.ToString());
    }

    [Fact]
    public void A_restarted_service_waits_only_for_the_health_of_its_dependencies()
    {
        StackPlan plan = StackPlanner.PlanRestart("lab", _project, Started().State, new RestartOptions());

        Assert.Equal(
            ["start lab-db-1", "wait lab-db-1 healthy"],
            Starts("api").Intersect(["start lab-db-1", "wait lab-db-1 healthy"]));
        Assert.Contains("start lab-api-1", Starts("web"));
        Assert.DoesNotContain(Starts("web"), id => id.StartsWith("wait ", StringComparison.Ordinal));

        IReadOnlyList<string> Starts(string service) => plan.Operations.OfType<StartContainerOperation>().Single(start => start.Service == service).DependsOn;
    }

    [Fact]
    public void An_unknown_service_is_an_error_in_every_command()
    {
        ObservedState state = Started().State;

        foreach (Func<StackPlan> planned in new Func<StackPlan>[]
        {
            () => StackPlanner.PlanStop("lab", null, state, new StopOptions { Services = ["dbb"] }),
            () => StackPlanner.PlanRemove("lab", _project, state, new RemoveOptions { Services = ["dbb"] }),
            () => StackPlanner.PlanRestart("lab", null, state, new RestartOptions { Services = ["dbb"] }),
            () => StackPlanner.PlanWait("lab", null, state, new WaitOptions { Services = ["dbb"] }),
        })
        {
            Assert.Equal(EngineErrorId.ServiceNotFound, Assert.Throws<EngineException>(planned).Id);
        }
    }

    [Fact]
    public void Networks_and_volumes_that_the_project_did_not_create_are_kept()
    {
        SimulatedEngine engine = Started().WithNetwork("others").WithVolume("theirs");

        StackPlan plan = StackPlanner.PlanRemove("lab", _project, engine.State, new RemoveOptions { Volumes = true });

        Assert.DoesNotContain(plan.Operations, operation => operation.Resource == ResourceId.Network("others") || operation.Resource == ResourceId.Volume("theirs"));
    }

    [Fact]
    public void Only_services_in_the_specified_files_are_removed_and_orphans_on_request()
    {
        ComposeProject one = Projects.Load("""
            services: { db: { image: db, volumes: ["data:/data"] } }
            volumes: { data: }
            """);
        ObservedState state = new SimulatedEngine().WithImagesOf(_project).Start(_project).State;

        Assert.Equal(PlanCase.Text("stop container lab-db-1: requested"), StackPlanner.PlanStop("lab", one, state, new StopOptions()).ToString());
        Assert.Equal(["db"], Services(StackPlanner.PlanRestart("lab", one, state, new RestartOptions())));
        Assert.Equal(["db"], Services(StackPlanner.PlanRemove("lab", one, state, new RemoveOptions { Volumes = true })));
        Assert.Equal(["api", "db", "web"], Services(StackPlanner.PlanRemove("lab", one, state, new RemoveOptions { RemoveOrphans = true })));

        static IEnumerable<string> Services(StackPlan plan) => plan.Operations.Select(operation => operation.Service).OfType<string>().Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Networks_and_volumes_outside_the_specified_files_or_in_use_are_kept()
    {
        ComposeProject both = Projects.Load("""
            services:
              a: { image: a, networks: [n, shared], volumes: ["va:/data"] }
              b: { image: b, networks: [m, shared], volumes: ["vb:/data"] }
            networks: { n: , m: , shared: }
            volumes: { va: , vb: }
            """);
        ComposeProject one = Projects.Load("""
            services: { a: { image: a, networks: [n, shared], volumes: ["va:/data"] } }
            networks: { n: , shared: }
            volumes: { va: }
            """);
        ObservedState state = new SimulatedEngine().WithImagesOf(both).Start(both).State;

        StackPlan plan = StackPlanner.PlanRemove("lab", one, state, new RemoveOptions { Volumes = true });

        Assert.Equal(
            PlanCase.Text("""
                remove container lab-a-1: requested
                remove network lab_n: requested
                remove volume lab_va: requested, with all data
                """),
            plan.ToString());
    }

    [Fact]
    public void A_restart_starts_exited_services_but_no_completed_one_shots()
    {
        ComposeProject project = Projects.Load("""
            services:
              migrate: { image: m }
              web: { image: web, depends_on: { migrate: { condition: service_completed_successfully } } }
            """);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);
        foreach (string name in engine.Names)
        {
            engine.Change(name, container => container with { State = ContainerState.Exited, ExitCode = 0 });
        }

        Assert.Equal(PlanCase.Text("start container lab-web-1: restart"), StackPlanner.PlanRestart("lab", null, engine.State, new RestartOptions()).ToString());
    }

    [Fact]
    public void A_restart_includes_services_that_share_the_network_of_a_restarted_service()
    {
        ComposeProject project = Projects.Load("services: { vpn: { image: vpn }, app: { image: app, network_mode: 'service:vpn' } }");
        ObservedState state = new SimulatedEngine().WithImagesOf(project).Start(project).State;

        StackPlan plan = StackPlanner.PlanRestart("lab", project, state, new RestartOptions { Services = ["vpn"] });

        Assert.Equal(["lab-vpn-1", "lab-app-1"], plan.Operations.OfType<StartContainerOperation>().Select(start => start.Resource.Name));
    }

    [Fact]
    public void A_failed_hook_prevents_the_removal_of_a_stack_unless_forced()
    {
        ComposeProject project = Projects.Load("services: { a: { image: a, pre_stop: [{ command: 'false' }] } }");
        ObservedState state = new SimulatedEngine().WithImagesOf(project).Start(project).State;

        HookOperation asked = Hook(new RemoveOptions());
        HookOperation forced = Hook(new RemoveOptions { DespiteHooks = true });

        Assert.Equal((true, true), (asked.Required, asked.CanSkip));
        Assert.False(forced.Required);

        HookOperation Hook(RemoveOptions options) => StackPlanner.PlanRemove("lab", project, state, options).Operations.OfType<HookOperation>().Single();
    }

    private SimulatedEngine Started() => new SimulatedEngine().WithImagesOf(_project).Start(_project);
}
