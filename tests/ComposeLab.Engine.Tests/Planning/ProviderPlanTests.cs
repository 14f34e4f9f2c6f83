using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class ProviderPlanTests
{
    private const string Yaml = """
        services:
          app: { image: app, depends_on: [database] }
          database: { provider: { type: cloud, options: { size: 1 } }, depends_on: [account] }
          account: { provider: { type: cloud } }
        """;

    [Fact]
    public void Providers_run_first_and_the_rest_is_planned_with_their_variables()
    {
        ComposeProject project = Projects.Load(Yaml);

        StackPlan plan = new SimulatedEngine().WithImagesOf(project).Plan(project);

        Assert.Equal(["account", "database"], plan.Operations.Cast<ProviderOperation>().Select(operation => operation.Definition.Name));
        Assert.Equal(["provider account"], plan.Operations[1].DependsOn);
        Assert.NotNull(plan.Next);
        Assert.StartsWith("run service account: provided by cloud\nrun service database: provided by cloud\ncreate network", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_provided_if_nothing_is_started()
    {
        ComposeProject project = Projects.Load(Yaml);

        Assert.Null(new SimulatedEngine().WithImagesOf(project).Plan(project, new StartOptions { NoStart = true }).Next);
        Assert.Null(new SimulatedEngine().WithImagesOf(project).Plan(project, new StartOptions { NoDependencies = true, Services = ["app"] }).Next);
    }

    [Fact]
    public void Providers_end_after_all_containers_dependents_first()
    {
        ComposeProject project = Projects.Load(Yaml);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project, new StartOptions { NoStart = true });

        StackPlan stop = StackPlanner.PlanStop("lab", project, engine.State, new StopOptions());
        StackPlan remove = StackPlanner.PlanRemove("lab", project, engine.State, new RemoveOptions());
        StackPlan app = StackPlanner.PlanRemove("lab", project, engine.State, new RemoveOptions { Services = ["app"] });

        Assert.Equal(["database", "account"], stop.Operations.OfType<ProviderOperation>().Select(operation => operation.Definition.Name));
        ProviderOperation first = remove.Operations.OfType<ProviderOperation>().First();
        Assert.Equal((ProviderCommand.Down, "database"), (first.Command, first.Definition.Name));
        Assert.Contains(remove.Operations, operation => operation is RemoveContainerOperation && first.DependsOn.Contains(operation.Id));
        Assert.Empty(app.Operations.OfType<ProviderOperation>());
    }

    [Fact]
    public void Variables_reach_only_dependents_and_a_replaced_value_is_reported()
    {
        ComposeProject project = Projects.Load("""
            services:
              app: { image: app, environment: { REGION: own, SAME: x, OTHER: kept }, depends_on: [my-db] }
              other: { image: app }
              my-db: { provider: { type: cloud } }
            """);
        var provided = new ProvidedVariables(new Dictionary<string, string> { ["URL"] = "u" }, new Dictionary<string, string> { ["REGION"] = "cloud", ["SAME"] = "x" });

        (ComposeProject changed, IReadOnlyList<ReplacedVariable> replaced) = ProvidedVariables.Apply(project, new Dictionary<string, ProvidedVariables> { ["my-db"] = provided });

        Assert.Equal(
            new Dictionary<string, string?> { ["REGION"] = "cloud", ["SAME"] = "x", ["OTHER"] = "kept", ["MY-DB_URL"] = "u" }, changed.Services["app"].Environment);
        Assert.Empty(changed.Services["other"].Environment);
        Assert.Equal(new ReplacedVariable("my-db", "app", "REGION"), Assert.Single(replaced));
    }
}
