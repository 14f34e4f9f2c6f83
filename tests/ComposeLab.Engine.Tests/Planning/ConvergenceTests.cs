using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class ConvergenceTests
{
    private const string Pair = """
        services:
          api: { image: api, depends_on: { db: { condition: service_healthy, restart: true } } }
          db: { image: db, environment: { MODE: one } }
        """;

    [Fact]
    public void A_changed_image_recreates_its_containers()
    {
        ComposeProject project = Projects.Load(Pair);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project).WithImage("api", "2");

        Assert.Equal("recreate container lab-api-1: image changed\n", engine.Plan(project).ToString());
    }

    [Fact]
    public void Dependents_with_restart_true_are_restarted_when_their_dependency_is_recreated() => PlanCase.Holds(
        before: Pair,
        after: Pair.Replace("one", "two", StringComparison.Ordinal),
        plan: """
            recreate container lab-db-1: environment.MODE: one -> two (compose.yaml:3)
            start container lab-api-1: restart: db, which it depends on, is recreated
            """);

    [Fact]
    public void Dependents_without_restart_true_are_left_alone() => PlanCase.Holds(
        before: Pair.Replace(", restart: true", "", StringComparison.Ordinal),
        after: Pair.Replace(", restart: true", "", StringComparison.Ordinal).Replace("one", "two", StringComparison.Ordinal),
        plan: "recreate container lab-db-1: environment.MODE: one -> two (compose.yaml:3)");

    [Fact]
    public void Users_of_a_shared_namespace_are_recreated_with_its_container() => PlanCase.Holds(
        before: Pair + "\n  side: { image: side, network_mode: \"service:db\" }",
        after: Pair.Replace("one", "two", StringComparison.Ordinal) + "\n  side: { image: side, network_mode: \"service:db\" }",
        plan: """
            recreate container lab-db-1: environment.MODE: one -> two (compose.yaml:3)
            start container lab-api-1: restart: db, which it depends on, is recreated
            recreate container lab-side-1: network_mode is shared with db, which is recreated
            """);

    [Fact]
    public void Labels_of_a_label_file_are_on_the_container_and_in_its_hash()
    {
        const string Yaml = "services: { db: { image: db, label_file: ./labels.txt, labels: { b: own } } }";
        string directory = Directory.CreateTempSubdirectory("composelab-labels-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "labels.txt"), "a=1\nb=file\n");
            ComposeProject before = Projects.LoadFrom(directory, Yaml, null, "lab");
            SimulatedEngine engine = new SimulatedEngine().WithImagesOf(before);
            ContainerSpec created = engine.Plan(before).Operations.OfType<CreateContainerOperation>().Single().Spec;
            engine.Start(before);
            File.WriteAllText(Path.Combine(directory, "labels.txt"), "a=2\nb=file\n");

            string changed = engine.Plan(Projects.LoadFrom(directory, Yaml, null, "lab")).ToString();

            Assert.Equal(("1", "own"), (created.Labels["a"], created.Labels["b"]));
            Assert.Contains("\"label_file\":[\"" + directory, ComposeLab.Compose.Hashing.ConfigHash.HashedText(before.Services["db"]), StringComparison.Ordinal);
            Assert.Equal(ComposeLab.Compose.Hashing.ConfigHash.ForService(before.Services["db"]), created.Labels[StackLabels.ConfigHash]);
            Assert.StartsWith("recreate container lab-db-1: labels.a: 1 -> 2", changed, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void A_changed_volume_is_kept_with_a_warning()
    {
        const string Yaml = "services: { db: { image: db, volumes: [\"data:/data\"] } }\nvolumes: { data: { labels: { a: one } } }";
        ComposeProject before = Projects.Load(Yaml);
        ComposeProject after = Projects.Load(Yaml.Replace("one", "two", StringComparison.Ordinal));
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(before).Start(before);

        StackPlan plan = engine.Plan(after);

        Assert.Equal("nothing to do\n", plan.ToString());
        Assert.Contains("contains data", Assert.Single(plan.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_that_is_no_longer_mounted_recreates_the_container()
    {
        const string Yaml = "services: { db: { image: db, volumes: [\"data:/data\"] } }\nvolumes: { data: }";
        ComposeProject project = Projects.Load(Yaml);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);
        engine.Change("lab-db-1", container => container with { Mounts = [] });

        Assert.Equal("recreate container lab-db-1: volume lab_data is not mounted\n", engine.Plan(project).ToString());
    }

    [Fact]
    public void Orphans_are_kept_with_a_warning_unless_their_removal_is_requested()
    {
        ComposeProject before = Projects.Load(Pair);
        ComposeProject after = Projects.Load("services: { db: { image: db, environment: { MODE: one } } }");
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(before).Start(before);

        StackPlan kept = engine.Plan(after);

        Assert.Equal("nothing to do\n", kept.ToString());
        Assert.Equal("api", Assert.Single(kept.Warnings).Service);
        Assert.Equal(
            "remove container lab-api-1: orphan: the project does not define its service\n",
            engine.Plan(after, new StartOptions { RemoveOrphans = true }).ToString());
    }

    [Fact]
    public void A_service_disabled_by_a_Compose_profile_is_not_an_orphan()
    {
        ComposeProject before = Projects.Load(Pair);
        ComposeProject after = Projects.Load(Pair.Replace("image: db", "image: db, profiles: [data]", StringComparison.Ordinal)
            .Replace("depends_on: { db: { condition: service_healthy, restart: true } }", "init: true", StringComparison.Ordinal));
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(before).Start(before);

        Assert.DoesNotContain(engine.Plan(after, new StartOptions { RemoveOrphans = true }).Operations, operation => operation.Service == "db");
    }

    [Fact]
    public void A_completed_one_shot_is_done_and_a_failed_one_is_run_again()
    {
        ComposeProject project = Projects.Load("""
            services:
              api: { image: api, depends_on: { migrate: { condition: service_completed_successfully } } }
              migrate: { image: migrate }
            """);
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);

        engine.Change("lab-migrate-1", container => container with { State = ContainerState.Exited, ExitCode = 0 });
        Assert.Equal("nothing to do\n", engine.Plan(project).ToString());

        engine.Change("lab-migrate-1", container => container with { ExitCode = 3 });
        Assert.Equal("start container lab-migrate-1: exited with code 3\n", engine.Plan(project).ToString());
    }

    [Theory]
    [InlineData(ContainerState.Paused, "unpause container lab-db-1: it is paused")]
    [InlineData(ContainerState.Created, "start container lab-db-1: it is created")]
    [InlineData(ContainerState.Exited, "start container lab-db-1: exited with code 137")]
    [InlineData(ContainerState.Dead, "recreate container lab-db-1: the engine could not remove it and cannot start it")]
    public void A_stopped_container_is_started_again(ContainerState state, string plan)
    {
        ComposeProject project = Projects.Load("services: { db: { image: db } }");
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);
        engine.Change("lab-db-1", container => container with { State = state, ExitCode = state == ContainerState.Exited ? 137 : null });

        Assert.Equal(plan + "\n", engine.Plan(project).ToString());
    }

    [Fact]
    public void Older_engines_connect_additional_networks_in_a_separate_step()
    {
        ComposeProject project = Projects.Load("""
            services: { api: { image: api, networks: { back: { priority: 2 }, front: } } }
            networks: { back: , front: }
            """);

        string[] Kinds(Version api) => [.. new SimulatedEngine { Api = api }.WithImagesOf(project).Plan(project).Operations
            .Where(operation => operation.Service == "api").Select(operation => operation.Kind.ToString())];

        Assert.Equal(["CreateContainer", "ConnectNetwork", "StartContainer", "WaitContainer"], Kinds(new Version(1, 41)));
        Assert.Equal(["CreateContainer", "StartContainer", "WaitContainer"], Kinds(new Version(1, 44)));
    }

    [Fact]
    public void A_start_waits_for_an_optional_dependency_but_it_may_fail()
    {
        ComposeProject project = Projects.Load("""
            services:
              api: { image: api, depends_on: { cache: { condition: service_healthy, required: false } } }
              cache: { image: cache, healthcheck: { test: "true" } }
            """);

        WaitOperation wait = new SimulatedEngine().WithImagesOf(project).Plan(project).Operations.OfType<WaitOperation>()
            .Single(operation => operation.Condition == WaitCondition.Healthy);

        Assert.False(wait.Required);
    }

    [Fact]
    public void An_anonymous_volume_is_passed_on_to_the_new_container()
    {
        const string Yaml = "services: { db: { image: db, volumes: [/data], environment: { MODE: one } } }";
        string unnamed = new('a', 64);
        ComposeProject before = Projects.Load(Yaml);
        ComposeProject after = Projects.Load(Yaml.Replace("one", "two", StringComparison.Ordinal));
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(before).Start(before);
        engine.Change("lab-db-1", container => container with { Mounts = [new ContainerMount { Type = "volume", Name = unnamed, Source = "", Target = "/data", Writable = true }] });

        MountSpec mount = Assert.Single(engine.Plan(after).Operations.OfType<CreateContainerOperation>().Single().Spec.Mounts);

        Assert.Equal((unnamed, "/data"), (mount.Source, mount.Target));
    }

    [Fact]
    public void A_container_created_by_docker_compose_is_compared_with_its_own_recipe()
    {
        const string Yaml = "services: { api: { image: api, depends_on: [db], profiles: [\"\"] }, db: { image: db } }";
        ComposeProject project = Projects.Load(Yaml.Replace(", profiles: [\"\"]", "", StringComparison.Ordinal));
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(project).Start(project);
        IReadOnlyList<string> accepted = ComposeLab.Compose.Hashing.ConfigHash.Accepted(project.Services["api"]);
        engine.Change("lab-api-1", container => Written(container, "2.26.1", accepted[^1]));

        Assert.NotEqual(accepted[0], accepted[^1]);
        Assert.Equal("nothing to do\n", engine.Plan(project).ToString());
        engine.Change("lab-api-1", container => Written(container, "2.26.1", "another hash"));
        Assert.Equal(
            "recreate container lab-api-1: its configuration changed (created by docker compose 2.26.1, which did not record the values)\n",
            engine.Plan(project).ToString());
    }

    [Fact]
    public void A_container_without_recorded_values_shows_only_the_listed_changes()
    {
        const string Yaml = "services:\n  api:\n    image: api\n    labels: { tier: front }\n";
        ComposeProject before = Projects.Load(Yaml);
        ComposeProject after = Projects.Load(Yaml.Replace("front", "back", StringComparison.Ordinal));
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(before).Start(before);
        engine.Change("lab-api-1", container => Written(container, "2.40.3", container.Labels[StackLabels.ConfigHash]));

        Assert.Equal("recreate container lab-api-1: labels.tier: front -> back (compose.yaml:4)\n", engine.Plan(after).ToString());
    }

    [Fact]
    public void A_container_without_recorded_values_shows_a_new_image_and_a_missing_mount()
    {
        ComposeProject before = Projects.Load("services: { api: { image: api, volumes: ['/kept'] } }");
        ComposeProject after = Projects.Load("services:\n  api:\n    image: api:2\n    volumes: ['/kept', 'data:/data']\n    tmpfs: /scratch\nvolumes: { data: }\n");
        SimulatedEngine engine = new SimulatedEngine().WithImagesOf(before).Start(before).WithImagesOf(after);
        engine.Change("lab-api-1", container => Written(container, "2.40.3", container.Labels[StackLabels.ConfigHash]) with
        {
            Mounts = [new ContainerMount { Type = "volume", Name = new string('a', 64), Source = "", Target = "/kept", Writable = true }],
        });

        Assert.Contains(
            "recreate container lab-api-1: image: api -> api:2 (compose.yaml:3); volumes: (none) -> /data (compose.yaml:4)\n",
            engine.Plan(after).ToString(),
            StringComparison.Ordinal);
    }

    private static ContainerSummary Written(ContainerSummary container, string version, string hash)
    {
        var labels = new Dictionary<string, string>(container.Labels, StringComparer.Ordinal)
        {
            [StackLabels.Version] = version,
            [StackLabels.ConfigHash] = hash,
        };
        labels.Remove(StackLabels.Config);
        return container with { Labels = labels };
    }
}
