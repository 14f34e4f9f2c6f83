using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

/// <summary>Starts that create unused resources, or recreate volumes.</summary>
public sealed class ResourceOptionTests
{
    private const string Changed = """
        services:
          db: { image: db, volumes: ["data:/data"] }
          web: { image: web, depends_on: [db] }
        volumes: { data: { labels: { a: one } } }
        """;

    [Fact]
    public void Unused_networks_and_volumes_are_created_on_request()
    {
        ComposeProject project = LoadWhole("volumes: { kept: }\nnetworks: { back: }\n");

        Assert.Equal("nothing to do\n", new SimulatedEngine().Plan(project).ToString());
        Assert.Equal(
            "create network lab_back: network does not exist\ncreate volume lab_kept: volume does not exist\n",
            new SimulatedEngine().Plan(project, new StartOptions { AllResources = true }).ToString());
    }

    [Fact]
    public void A_changed_volume_is_recreated_on_request_after_its_containers_are_removed()
    {
        ComposeProject before = Projects.Load(Changed);
        ComposeProject after = Projects.Load(Changed.Replace("one", "two", StringComparison.Ordinal));
        SimulatedEngine engine = Mounted(new SimulatedEngine().WithImagesOf(before).Start(before));

        StackPlan plan = engine.Plan(after, new StartOptions { RecreateVolumes = true });

        Assert.Equal(
            PlanCase.Text("""
                remove container lab-db-1: volume lab_data is recreated
                remove volume lab_data: its configuration changed; all data is deleted
                recreate volume lab_data: its configuration changed
                create container lab-db-1: container does not exist
                """),
            plan.ToString());
        Assert.Contains("remove volume lab_data", plan.Operations.OfType<CreateVolumeOperation>().Single().DependsOn);
        Assert.Contains("create volume lab_data", plan.Operations.OfType<CreateContainerOperation>().Single().DependsOn);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void A_changed_volume_of_a_container_outside_the_start_is_kept()
    {
        ComposeProject before = Projects.Load(Changed.Replace("web: { image: web, depends_on: [db] }", "web: { image: web, volumes: ['data:/data'] }", StringComparison.Ordinal));
        ComposeProject after = Projects.Load(Changed.Replace("web: { image: web, depends_on: [db] }", "web: { image: web, volumes: ['data:/data'] }", StringComparison.Ordinal).Replace("one", "two", StringComparison.Ordinal));
        SimulatedEngine engine = Mounted(new SimulatedEngine().WithImagesOf(before).Start(before), "lab-db-1", "lab-web-1");

        StackPlan plan = engine.Plan(after, new StartOptions { RecreateVolumes = true, Services = ["db"] });

        Assert.Equal("nothing to do\n", plan.ToString());
        Assert.Contains("lab-web-1", Assert.Single(plan.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_have_underscores_in_compatibility_mode()
    {
        ComposeProject project = Projects.Load("services: { app: { build: . } }", new Dictionary<string, string> { ["COMPOSE_COMPATIBILITY"] = "true" });

        StackPlan plan = new SimulatedEngine().WithImagesOf(project).Plan(project);

        Assert.Equal("lab_app_1", plan.Operations.OfType<CreateContainerOperation>().Single().Spec.Name);
        Assert.Equal(("lab_app", "lab_app_run_x"), (ServiceNames.Image(project, project.Services["app"]), ServiceNames.OneOff(project, "app", "x")));
    }

    private static SimulatedEngine Mounted(SimulatedEngine engine, params string[] containers)
    {
        foreach (string name in containers.DefaultIfEmpty("lab-db-1"))
        {
            engine.Change(name, container => container with
            {
                Mounts = [new ContainerMount { Type = "volume", Name = "lab_data", Source = "", Target = "/data", Writable = true }],
            });
        }

        return engine;
    }

    private static ComposeProject LoadWhole(string yaml)
    {
        string directory = Directory.CreateTempSubdirectory("composelab-plan-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "compose.yaml"), yaml);
            return ComposeLoader.Load(new ComposeRequest { WorkingDirectory = directory, ProjectName = "lab", KeepUnused = true }, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
