using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

/// <summary>What has drifted: a stack against its files, and against the same stack on another engine.</summary>
public sealed class StackDriftTests
{
    private const string Before = """
        services:
          api: { image: "api:1", environment: { LOG_LEVEL: info, API_PASSWORD: one-secret-word }, scale: 2 }
          db: { image: "db:1", volumes: ["data:/data"] }
          old: { image: "old:1" }
        volumes: { data: }
        """;

    [Fact]
    public void A_stack_that_is_as_its_files_say_has_no_difference() => Assert.Empty(Files(Before, Before));

    [Fact]
    public void Every_value_that_differs_from_the_files_is_a_difference_with_its_line() => Assert.Equal(
        [
            "Changed container lab-api-1 environment.LOG_LEVEL info -> debug :2", "Changed container lab-api-2 environment.LOG_LEVEL info -> debug :2",
            "Missing container lab-extra-1", "Extra container lab-old-1",
        ],
        Files(
            Before,
            """
            services:
              api: { image: "api:1", environment: { LOG_LEVEL: debug, API_PASSWORD: one-secret-word }, scale: 2 }
              db: { image: "db:1", volumes: ["data:/data"] }
              extra: { image: "db:1" }
            volumes: { data: }
            """));

    [Fact]
    public void A_container_that_was_stopped_or_removed_by_somebody_is_a_difference()
    {
        SimulatedEngine engine = Running(Before);
        engine.Change("lab-db-1", container => container with { State = ContainerState.Exited, ExitCode = 137 });
        engine.Carry([new RemoveContainerOperation("lab-api-2", true) { Id = "x", Resource = ResourceId.Container("lab-api-2"), Cause = "" }]);

        Assert.Equal(["Missing container lab-api-2", "Stopped container lab-db-1"], Files(engine, Before));
    }

    [Fact]
    public void Services_that_a_named_one_depends_on_are_not_compared()
    {
        const string Yaml = "services: { api: { image: \"api:1\", depends_on: [db] }, db: { image: \"db:1\" } }";
        SimulatedEngine engine = Running(Yaml);
        engine.Change("lab-db-1", container => container with { State = ContainerState.Exited });

        Assert.Equal(["Stopped container lab-db-1"], Files(engine, Yaml));
        Assert.Empty(Files(engine, Yaml, "api"));
    }

    [Fact]
    public void A_secret_that_differs_is_reported_without_its_value()
    {
        string[] differences = Files(Before, Before.Replace("one-secret-word", "another-secret-word", StringComparison.Ordinal));

        Assert.Equal(2, differences.Length);
        Assert.All(differences, difference => Assert.Contains("environment.API_PASSWORD", difference, StringComparison.Ordinal));
        Assert.DoesNotContain(differences, difference => difference.Contains("secret-word", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_engines_with_the_same_stack_have_no_difference() => Assert.Empty(Engines(Running(Before), Running(Before)));

    [Fact]
    public void Two_engines_are_compared_value_by_value()
    {
        SimulatedEngine other = Running("""
            services:
              api: { image: "api:2", environment: { LOG_LEVEL: debug, API_PASSWORD: another-secret-word } }
              db: { image: "db:1", volumes: ["data:/data"] }
              new: { image: "db:1" }
            volumes: { data: }
            """);
        other.Change("lab-db-1", container => container with { State = ContainerState.Exited });

        string[] differences = Engines(Running(Before), other);

        Assert.Equal(
            [
                "Changed container lab-api-1 scale 1 -> 2", "Changed container lab-api-1 environment.API_PASSWORD ******** -> ********",
                "Changed container lab-api-1 environment.LOG_LEVEL debug -> info", "Changed container lab-api-1 image api:2 -> api:1",
                "Stopped container lab-db-1", "Extra container lab-new-1", "Missing container lab-old-1",
            ],
            differences);
    }

    [Fact]
    public void Ids_of_images_are_compared_only_between_stores_that_number_alike()
    {
        SimulatedEngine one = Running(Before);
        SimulatedEngine other = Running(Before);
        other.Change("lab-old-1", container => container with { ImageId = "sha256:other" });

        Assert.Empty(Engines(one, other, comparesImages: false));
        Assert.Equal(["Changed container lab-old-1 image id sha256:other -> " + one.State.Containers.Single(container => container.Service == "old").Summary.ImageId], Engines(one, other));
    }

    [Fact]
    public void A_stack_of_docker_compose_differs_as_a_whole()
    {
        SimulatedEngine other = Running(Before);
        other.Change("lab-old-1", container => container with { Labels = new Dictionary<string, string>(container.Labels) { [StackLabels.Config] = "", [StackLabels.ConfigHash] = "x" } });

        Assert.Equal(["Changed container lab-old-1"], Engines(Running(Before), other));
    }

    private static SimulatedEngine Running(string yaml)
    {
        ComposeProject project = Projects.Load(yaml);
        return new SimulatedEngine().WithImagesOf(project).Start(project);
    }

    private static string[] Files(string ran, string wanted) => Files(Running(ran), wanted);

    private static string[] Files(SimulatedEngine engine, string wanted, params string[] services)
    {
        ComposeProject project = Projects.Load(wanted);
        return Texts(StackDrift.FromFiles(engine.WithImagesOf(project).Plan(project, new StartOptions { RemoveOrphans = services.Length == 0, Services = services }), services));
    }

    private static string[] Engines(SimulatedEngine reference, SimulatedEngine difference, bool comparesImages = true) =>
        Texts(StackDrift.Between(reference.State.Containers, difference.State.Containers, comparesImages));

    private static string[] Texts(IEnumerable<StackDifference> differences) =>
    [
        .. differences.Select(difference => $"{difference.Kind} {difference.Resource}"
            + (difference.Field.Length == 0 ? "" : $" {difference.Field} {difference.Found ?? "(none)"} -> {difference.Expected ?? "(none)"}")
            + (difference.Origin is { IsInFile: true } origin ? $" :{origin.Line}" : "")),
    ];
}
