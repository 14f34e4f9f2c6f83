using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Planning;

public sealed class ImagePlanTests
{
    private const string Yaml = """
        services:
          api: { build: . }
          db: { image: "db:1" }
        """;

    [Fact]
    public void Missing_images_come_first_and_the_rest_is_foreseen()
    {
        StackPlan plan = new SimulatedEngine().Plan(Projects.Load(Yaml));

        Assert.Equal(["image lab-api", "image db:1"], plan.Operations.Select(operation => operation.Resource.ToString()));
        Assert.Equal(
            PlanCase.Text("""
                build image lab-api: image does not exist
                pull image db:1: image does not exist
                create network lab_default: network does not exist
                create container lab-api-1: container does not exist
                create container lab-db-1: container does not exist
                """),
            plan.ToString());
    }

    [Fact]
    public void A_missing_image_that_may_not_be_pulled_is_a_finding_with_its_line()
    {
        StackPlan plan = new SimulatedEngine().WithImage("lab-api").Plan(Projects.Load(Yaml), new StartOptions { Pull = "never" });

        PreflightFinding finding = Assert.Single(plan.Findings);
        Assert.Equal((EngineErrorId.ImageNotFound, "db", 3), (finding.Id, finding.Service, finding.Line));
    }

    [Theory]
    [InlineData("always", null, "pull policy is always")]
    [InlineData("daily", -25, "pull policy is daily and it is older")]
    [InlineData("daily", -23, null)]
    [InlineData("every_1d12h", -37, "pull policy is every_1d12h and it is older")]
    [InlineData("weekly", -100, null)]
    [InlineData("missing", -1000, null)]
    public void A_pull_policy_applies_to_an_existing_image(string policy, int? pulledHoursAgo, string? cause)
    {
        ComposeProject project = Projects.Load($"services: {{ db: {{ image: db, pull_policy: {policy} }} }}");
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        ObservedState state = new SimulatedEngine().WithImage("db").State with
        {
            Time = now,
            ImageFacts = new Dictionary<string, ImageDetails> { ["db"] = Image("linux", "amd64", now.AddHours(pulledHoursAgo ?? 0)) },
        };

        StackPlan plan = StackPlanner.PlanStart(project, state, new StartOptions(), new SimulatedEngine().Info);

        Assert.Equal(cause, plan.Operations.OfType<ImageOperation>().SingleOrDefault()?.Cause);
    }

    [Theory]
    [InlineData("linux/amd64", null)]
    [InlineData("linux/x86_64", null)]
    [InlineData("linux/arm64", "existing image is for linux/amd64, not linux/arm64")]
    [InlineData("linux/amd64/v2", null)]
    [InlineData("amd64", null)]
    [InlineData("linux", null)]
    public void An_image_for_another_platform_counts_as_missing(string platform, string? cause)
    {
        ComposeProject project = Projects.Load($"services: {{ db: {{ image: db, platform: {platform} }} }}");
        ObservedState state = new SimulatedEngine().WithImage("db").State with
        {
            ImageFacts = new Dictionary<string, ImageDetails> { ["db"] = Image("linux", "amd64", DateTimeOffset.UnixEpoch) },
        };

        StackPlan plan = StackPlanner.PlanStart(project, state, new StartOptions(), new SimulatedEngine().Info);

        Assert.Equal(cause, plan.Operations.OfType<ImageOperation>().SingleOrDefault()?.Cause);
    }

    [Fact]
    public void Services_that_share_an_image_have_it_built_once()
    {
        StackPlan plan = new SimulatedEngine().Plan(Projects.Load("""
            services:
              a: { image: shared }
              b: { image: shared, build: . }
            """));

        Assert.True(Assert.Single(plan.Operations.OfType<ImageOperation>()).IsBuild);
    }

    private static ImageDetails Image(string system, string architecture, DateTimeOffset tagged) => new()
    {
        Id = "sha256:db:1",
        Names = ["db:latest"],
        Digests = [],
        Created = null,
        Tagged = tagged,
        Size = 1,
        OperatingSystem = system,
        Architecture = architecture,
        Variant = "",
        Layers = [],
        Labels = new Dictionary<string, string>(),
        ExposedPorts = [],
        HasHealthcheck = false,
        Environment = [],
        Volumes = [],
        User = "",
    };
}
