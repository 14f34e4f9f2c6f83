using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class OneOffPlanTests
{
    private const string Shop = """
        services:
          db: { image: db, healthcheck: { test: [CMD, ok] } }
          cache: { image: cache }
          api:
            image: api
            restart: always
            command: [serve]
            ports: ["8080:80"]
            labels: { team: shop }
            depends_on: { db: { condition: service_healthy }, cache: { condition: service_started } }
          web: { image: web }
        """;

    [Fact]
    public void The_container_is_created_and_not_started_after_its_dependencies_and_nothing_else_is()
    {
        StackPlan plan = Plan(Shop);

        Assert.Equal(
            PlanCase.Text("""
                create network lab_default: network does not exist
                create container lab-cache-1: container does not exist
                create container lab-db-1: container does not exist
                create container run: one-off container
                """).Split('\n').Order(),
            plan.ToString().Split('\n').Order());
        CreateContainerOperation create = Created(plan);
        Assert.Contains("wait lab-db-1 healthy", create.DependsOn);
        Assert.Contains("start lab-cache-1", create.DependsOn);
        Assert.DoesNotContain(plan.Operations, operation => operation is StartContainerOperation && operation.Service == "api");
    }

    [Fact]
    public void The_container_has_the_labels_by_which_both_tools_remove_it_with_the_stack()
    {
        ContainerSpec spec = Created(Plan(Shop)).Spec;

        Assert.Equal("True", spec.Labels[StackLabels.OneOff]);
        Assert.Equal("lab", spec.Labels[StackLabels.Project]);
        Assert.Equal("api", spec.Labels[StackLabels.Service]);
        Assert.Equal("slug", spec.Labels["com.docker.compose.slug"]);
        Assert.Equal("shop", spec.Labels["team"]);
        Assert.Contains(StackLabels.ConfigHash, spec.Labels.Keys);
        Assert.DoesNotContain(StackLabels.Number, spec.Labels.Keys);
    }

    [Fact]
    public void The_container_is_not_restarted_and_does_not_answer_for_its_service()
    {
        ContainerSpec spec = Created(Plan(Shop)).Spec;

        Assert.Equal(RestartSpec.Never, spec.Restart);
        Assert.Equal(["run"], spec.Networks["lab_default"].Aliases);
        Assert.Empty(spec.Ports);
    }

    [Fact]
    public void The_container_answers_for_its_service_if_requested()
    {
        ContainerSpec spec = Created(Plan(Shop, options => options with { OneOff = options.OneOff! with { UseAliases = true, AutoRemove = true } })).Spec;

        Assert.Contains("api", spec.Networks["lab_default"].Aliases);
        Assert.True(spec.AutoRemove);
    }

    [Fact]
    public void Without_dependencies_only_the_container_is_created()
    {
        StackPlan plan = Plan(Shop, options => options with { NoDependencies = true });

        Assert.Equal(["network lab_default", "container run"], plan.Steps.Select(step => step.Resource.ToString()));
    }

    [Fact]
    public void Running_containers_of_the_service_are_left_alone()
    {
        ComposeProject project = Projects.Load(Shop);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);

        StackPlan plan = engine.Plan(Changed(project), Options());

        Assert.Equal("create container run: one-off container\n", plan.ToString());
    }

    [Fact]
    public void The_images_come_first()
    {
        ComposeProject project = Projects.Load(Shop);

        StackPlan plan = new SimulatedEngine().WithImage("db").WithImage("cache").Plan(Changed(project), Options());

        Assert.Equal("pull image api: image does not exist", Assert.Single(plan.Operations).ToString());
        Assert.NotNull(plan.Next!.Options.OneOff);
    }

    [Fact]
    public void A_shared_namespace_of_a_service_that_is_not_started_is_that_of_its_container()
    {
        const string Shared = "services: { vpn: { image: vpn }, api: { image: api, network_mode: \"service:vpn\" } }";
        ComposeProject project = Projects.Load(Shared);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project);

        StackPlan missing = engine.Plan(Changed(project), Options() with { NoDependencies = true });
        engine.Start(project);
        StackPlan plan = engine.Plan(Changed(project), Options() with { NoDependencies = true });

        Assert.Equal(EngineErrorId.StackNotRunning, Assert.Single(missing.Findings).Id);
        Assert.Empty(plan.Findings);
        Assert.Equal("container:" + engine.State.Of("vpn")[0].Id, Created(plan).Spec.NetworkMode);
    }

    [Fact]
    public void Standard_input_ends_when_the_client_closes_it()
    {
        ComposeProject project = Projects.Load(Shop);
        ComposeProject changed = new ServiceOverrides { ContainerName = "run", Directory = "/", Input = true }.Apply(project, "api", CancellationToken.None);

        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project);
        ContainerSpec spec = Created(engine.Plan(changed, Options() with { OneOff = new OneOffOptions("api", "slug") { IsAttached = true } })).Spec;
        ContainerSpec detached = Created(engine.Plan(changed, Options())).Spec;

        Assert.True(spec.OpenStandardInput);
        Assert.True(spec.CloseStandardInput);
        Assert.True(detached.OpenStandardInput);
        Assert.False(detached.CloseStandardInput);
        Assert.False(spec.Tty);
    }

    [Fact]
    public void A_service_that_only_a_build_needs_does_not_have_to_be_selected()
    {
        string directory = Directory.CreateTempSubdirectory("composelab-plan-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(directory, "compose.yaml"),
                "services: { base: { build: . }, api: { build: { context: ., additional_contexts: { base: 'service:base' } } }, other: { image: other } }");
            ComposeProject project = ComposeLoader.Load(new ComposeRequest { WorkingDirectory = directory, ProjectName = "lab", Services = ["api"] }, CancellationToken.None);

            StackPlan plan = new SimulatedEngine().Plan(Changed(project), Options());

            Assert.Equal(["image lab-base", "image lab-api"], plan.Operations.Select(operation => operation.Resource.ToString()));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static StackPlan Plan(string yaml, Func<StartOptions, StartOptions>? change = null)
    {
        ComposeProject project = Projects.Load(yaml);
        return new SimulatedEngine().WithImagesOf(project).Plan(Changed(project), change?.Invoke(Options()) ?? Options());
    }

    private static ComposeProject Changed(ComposeProject project) =>
        new ServiceOverrides { ContainerName = "run", Directory = "/" }.Apply(project, "api", CancellationToken.None);

    private static StartOptions Options() => new() { Services = ["api"], NoWait = true, OneOff = new OneOffOptions("api", "slug") };

    private static CreateContainerOperation Created(StackPlan plan) =>
        plan.Operations.OfType<CreateContainerOperation>().Single(create => create.Spec.Name == "run");
}
