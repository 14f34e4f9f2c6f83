using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class PlanRecordTests : IDisposable
{
    private const string Shop = """
        services:
          web:
            image: web
            environment: { LOG_LEVEL: info, API_TOKEN: first-secret }
            depends_on: [db]
          db:
            image: db
            volumes: [data:/data]
        volumes: { data: }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("composelab-plan-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_same_request_on_the_same_stack_is_the_same_plan()
    {
        SimulatedEngine engine = Engine();

        Assert.Empty(PlanRecord.Of(engine.Plan(Load(Shop))).Differences(engine.Plan(Load(Shop))));
    }

    [Fact]
    public void A_value_changed_in_a_file_is_reported_with_its_line()
    {
        SimulatedEngine engine = Engine();
        PlanRecord reviewed = PlanRecord.Of(engine.Plan(Load(Shop)));

        PlanDifference difference = Assert.Single(reviewed.Differences(engine.Plan(Changed("info", "debug"))));

        Assert.Equal("container lab-web-1: environment.LOG_LEVEL: info -> debug (compose.yaml:4)", difference.ToString());
    }

    [Fact]
    public void A_changed_value_reports_a_kept_container_with_its_line()
    {
        SimulatedEngine engine = Engine().Start(Load(Shop));
        PlanRecord reviewed = PlanRecord.Of(engine.Plan(Load(Shop)));

        PlanDifference difference = Assert.Single(reviewed.Differences(engine.Plan(Changed("info", "debug"))));

        Assert.Equal(ResourceId.Container("lab-web-1"), difference.Resource);
        Assert.Contains("environment.LOG_LEVEL: info -> debug (compose.yaml:4)", difference.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_secret_is_detected_and_never_recorded()
    {
        SimulatedEngine engine = Engine();
        PlanRecord reviewed = PlanRecord.Of(engine.Plan(Load(Shop)));

        PlanDifference difference = Assert.Single(reviewed.Differences(engine.Plan(Changed("first-secret", "other-secret"))));

        Assert.Equal(ResourceId.Container("lab-web-1"), difference.Resource);
        string saved = System.Text.Json.JsonSerializer.Serialize(reviewed);
        Assert.DoesNotContain("first-secret", saved, StringComparison.Ordinal);
        Assert.DoesNotContain("other-secret", difference.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_secret_has_a_different_seal_in_every_record()
    {
        StackPlan plan = Engine().Plan(Load(Shop));

        Assert.Empty(PlanRecord.Of(plan).Operations.Select(operation => operation.Seal).Where(seal => seal.Length > 0)
            .Intersect(PlanRecord.Of(plan).Operations.Select(operation => operation.Seal)));
    }

    [Fact]
    public void A_container_that_was_replaced_since_then_is_reported()
    {
        SimulatedEngine engine = Engine().Start(Load(Shop));
        PlanRecord reviewed = PlanRecord.Of(StackPlanner.PlanStop("lab", null, engine.State, new StopOptions()));
        engine.Change("lab-db-1", container => container with { Id = new string('f', 64) });

        PlanDifference difference = Assert.Single(reviewed.Differences(StackPlanner.PlanStop("lab", null, engine.State, new StopOptions())));

        Assert.Equal(ResourceId.Container("lab-db-1"), difference.Resource);
        Assert.Contains("container id", difference.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_that_exited_since_then_is_reported()
    {
        SimulatedEngine engine = Engine().Start(Load(Shop));
        PlanRecord reviewed = PlanRecord.Of(engine.Plan(Load(Shop)));
        engine.Change("lab-db-1", container => container with { State = ContainerState.Exited, ExitCode = 137 });

        Assert.Contains(reviewed.Differences(engine.Plan(Load(Shop))), difference => difference.Resource == ResourceId.Container("lab-db-1"));
    }

    [Fact]
    public void A_removed_or_added_operation_is_reported()
    {
        StackPlan plan = Engine().Plan(Load(Shop));
        PlanRecord whole = PlanRecord.Of(plan);
        PlanRecord less = whole with { Operations = [.. whole.Operations.Where(operation => operation.Resource != ResourceId.Volume("lab_data"))] };
        PlanRecord more = whole with
        {
            Operations = [.. whole.Operations, whole.Operations[0] with { Id = "remove volume lab_data", Kind = OperationKind.RemoveVolume, Verb = "remove", Resource = ResourceId.Volume("lab_data") }],
        };

        Assert.Equal(ResourceId.Volume("lab_data"), Assert.Single(less.Differences(plan)).Resource);
        Assert.Equal(ResourceId.Volume("lab_data"), Assert.Single(more.Differences(plan)).Resource);
    }

    [Fact]
    public void A_plan_of_another_project_is_a_different_plan() =>
        Assert.NotEmpty((PlanRecord.Of(Engine().Plan(Load(Shop))) with { ProjectName = "other" }).Differences(Engine().Plan(Load(Shop))));

    [Fact]
    public void After_a_build_only_users_of_the_image_may_be_recreated_in_addition()
    {
        ComposeProject project = Load("""
            services:
              web: { build: ., image: web }
              db: { image: db }
            """);
        SimulatedEngine engine = Engine().Start(project);
        StackPlan plan = engine.Plan(project, new StartOptions { Build = true }) with { Request = new StartRequest(project, new StartOptions { Build = true }) };
        PlanRecord reviewed = PlanRecord.Of(plan);
        engine.Carry(plan.Operations);

        reviewed.RequireStage(engine.Plan(project));
        engine.WithImage("db", "changed");
        var outdated = Assert.Throws<EngineException>(() => reviewed.RequireStage(engine.Plan(project)));

        Assert.Equal((EngineErrorId.PlanOutdated, "db"), (outdated.Id, outdated.Service));
    }

    private static SimulatedEngine Engine() => new SimulatedEngine().WithImage("web").WithImage("db");

    private ComposeProject Changed(string before, string after) => Load(Shop.Replace(before, after, StringComparison.Ordinal));

    private ComposeProject Load(string yaml) => Projects.LoadFrom(_directory, yaml, null, "lab");
}
