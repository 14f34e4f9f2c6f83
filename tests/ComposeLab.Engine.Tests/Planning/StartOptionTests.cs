using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

/// <summary>Starts that leave something out, or redo more than necessary.</summary>
public sealed class StartOptionTests
{
    private const string Shop = """
        services:
          db: { image: db }
          cache: { image: cache, network_mode: "service:db" }
          api: { image: api, build: ., depends_on: { db: { condition: service_completed_successfully } }, volumes: [/scratch] }
        """;

    private readonly ComposeProject _project = Projects.Load(Shop);

    [Fact]
    public void Without_dependencies_only_the_named_service_starts_and_waits_for_nothing()
    {
        StackPlan plan = new SimulatedEngine().WithImagesOf(_project).Plan(_project, new StartOptions { Services = ["api"], NoDependencies = true });

        Assert.Equal(["network lab_default", "container lab-api-1"], plan.Steps.Select(step => step.Resource.ToString()));
        Assert.DoesNotContain(plan.Operations.OfType<WaitOperation>(), wait => wait.Condition == WaitCondition.Completed);
    }

    [Fact]
    public void Without_dependencies_a_kept_service_still_shares_the_existing_container()
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project);

        Assert.True(engine.Plan(_project, new StartOptions { Services = ["cache"], NoDependencies = true }).IsEmpty);
    }

    [Fact]
    public void Without_dependencies_a_namespace_of_a_missing_container_prevents_the_start()
    {
        StackPlan plan = new SimulatedEngine().WithImagesOf(_project).Plan(_project, new StartOptions { Services = ["cache"], NoDependencies = true });

        Assert.Equal((EngineErrorId.StackNotRunning, "cache"), (Assert.Single(plan.Findings).Id, plan.Findings[0].Service));
    }

    [Fact]
    public void Only_named_services_are_recreated_by_force_and_only_dependencies_on_request()
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project);

        Assert.Equal(["lab-api-1"], Recreated(engine.Plan(_project, new StartOptions { Services = ["api"], ForceRecreate = true })));
        Assert.Equal(["lab-db-1"], Recreated(engine.Plan(_project, new StartOptions { Services = ["api"], RecreateDependencies = true })));
    }

    [Fact]
    public void Changed_containers_are_kept_on_request()
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project);
        ComposeProject changed = Projects.Load(Shop.Replace("image: db", "image: db, environment: { A: b }", StringComparison.Ordinal));

        Assert.Contains("lab-db-1", Recreated(engine.Plan(changed)));
        Assert.Empty(Recreated(engine.Plan(changed, new StartOptions { NoRecreate = true })));
    }

    [Fact]
    public void A_missing_image_is_not_built_on_request()
    {
        SimulatedEngine engine = new SimulatedEngine().WithImage("db").WithImage("cache");

        StackPlan plan = engine.Plan(_project, new StartOptions { NoBuild = true });

        Assert.Equal(EngineErrorId.ImageNotFound, Assert.Single(plan.Findings).Id);
        Assert.DoesNotContain(plan.Operations, operation => operation is ImageOperation);
        Assert.Empty(engine.WithImage("api").Plan(_project, new StartOptions { NoBuild = true }).Findings);
    }

    [Fact]
    public void Containers_are_only_created_on_request()
    {
        StackPlan plan = new SimulatedEngine().WithImagesOf(_project).Plan(_project, new StartOptions { NoStart = true, NoWait = true });

        Assert.Equal(3, plan.Operations.OfType<CreateContainerOperation>().Count());
        Assert.DoesNotContain(plan.Operations, operation => operation is StartContainerOperation or WaitOperation);
    }

    [Fact]
    public void A_start_after_a_creation_starts_the_created_containers()
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project, new StartOptions { NoStart = true, NoWait = true });

        StackPlan plan = engine.Plan(_project);

        Assert.Equal(3, plan.Operations.OfType<StartContainerOperation>().Count());
        Assert.DoesNotContain(plan.Operations, operation => operation is CreateContainerOperation);
    }

    [Fact]
    public void Anonymous_volumes_are_inherited_unless_they_are_renewed()
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project);
        engine.Change("lab-api-1", container => container with
        {
            Mounts = [new ContainerMount { Type = "volume", Name = new string('a', 64), Source = "", Target = "/scratch", Writable = true }],
        });

        Assert.Contains(Created(engine, renew: false).Mounts, mount => mount.Source == new string('a', 64));
        Assert.DoesNotContain(Created(engine, renew: true).Mounts, mount => mount.Source == new string('a', 64));
    }

    [Fact]
    public void Only_stopped_containers_are_removed_on_request()
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project);
        engine.Change("lab-api-1", container => container with { State = ContainerState.Exited });

        StackPlan plan = StackPlanner.PlanRemove("lab", null, engine.State, new RemoveOptions { StoppedOnly = true });

        Assert.Equal("remove container lab-api-1: requested", Assert.Single(plan.Operations).ToString());
    }

    [Theory]
    [InlineData(ContainerSignal.Pause, "pause container lab-db-1: requested")]
    [InlineData(ContainerSignal.Send, "signal container lab-db-1: SIGHUP requested")]
    public void Only_running_containers_are_paused_or_signaled(ContainerSignal action, string expected)
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project);
        engine.Change("lab-api-1", container => container with { State = ContainerState.Exited });
        engine.Change("lab-cache-1", container => container with { State = ContainerState.Created });

        Assert.Equal(expected, Assert.Single(Signal(engine, action).Operations).ToString());
    }

    [Fact]
    public void Only_paused_containers_are_resumed_and_none_is_paused_twice()
    {
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(_project).Start(_project);
        engine.Change("lab-db-1", container => container with { State = ContainerState.Paused });

        Assert.Equal("unpause container lab-db-1: requested", Assert.Single(Signal(engine, ContainerSignal.Resume).Operations).ToString());
        Assert.Equal(EngineErrorId.AlreadyPaused, Assert.Single(Signal(engine, ContainerSignal.Pause).Findings).Id);
    }

    private static StackPlan Signal(SimulatedEngine engine, ContainerSignal action) =>
        StackPlanner.PlanSignal("lab", null, engine.State, new SignalOptions { Action = action, Signal = "SIGHUP" });

    private static IEnumerable<string> Recreated(StackPlan plan) =>
        plan.Operations.OfType<CreateContainerOperation>().Where(create => create.Replaces).Select(create => create.Resource.Name);

    private ContainerSpec Created(SimulatedEngine engine, bool renew) => engine
        .Plan(_project, new StartOptions { Services = ["api"], ForceRecreate = true, RenewAnonymousVolumes = renew })
        .Operations.OfType<CreateContainerOperation>().Single(create => create.Service == "api").Spec;
}
