using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images;

public sealed class PullSelectionTests
{
    private const string Exists = "it already exists on the engine";

    [Theory]
    [InlineData("", null)]
    [InlineData("pull_policy: always", null)]
    [InlineData("pull_policy: daily", null)]
    [InlineData("pull_policy: every_12h", null)]
    [InlineData("pull_policy: missing", Exists)]
    [InlineData("pull_policy: if_not_present", Exists)]
    [InlineData("pull_policy: never", "its pull policy is never")]
    [InlineData("pull_policy: build", "its pull policy is build")]
    public void An_existing_image_is_pulled_unless_its_policy_forbids_it(string policy, string? reason) =>
        Assert.Equal(reason, Assert.Single(Select($"services: {{ a: {{ image: 'app:1', {policy} }} }}", new(), "app:1")).Skipped);

    [Theory]
    [InlineData("app")]
    [InlineData("app:latest")]
    [InlineData("registry.example:5000/app")]
    public void The_tag_latest_is_pulled_even_if_it_exists(string image) =>
        Assert.Null(Assert.Single(Select($"services: {{ a: {{ image: '{image}', pull_policy: missing }} }}", new(), image)).Skipped);

    [Fact]
    public void A_policy_of_the_user_overrides_those_of_the_services()
    {
        const string File = "services: { a: { image: 'a:1', pull_policy: never }, b: { image: 'b:1' } }";

        Assert.All(Select(File, new() { Policy = "always" }, "a:1", "b:1"), image => Assert.Null(image.Skipped));
        Assert.All(Select(File, new() { Policy = "missing" }, "a:1", "b:1"), image => Assert.Equal(Exists, image.Skipped));
    }

    [Fact]
    public void A_service_that_is_only_built_is_skipped()
    {
        SelectedImage image = Assert.Single(Select("services: { a: { build: . } }", new()));

        Assert.Equal(("lab-a", "it is built, not pulled"), (image.Image, image.Skipped));
    }

    [Fact]
    public void An_image_that_can_be_built_is_skipped_only_on_request()
    {
        const string File = "services: { a: { build: ., image: 'a:1' } }";

        Assert.Equal((null, "a"), (Assert.Single(Select(File, new())).Skipped, Assert.Single(Select(File, new())).Builders[0]));
        Assert.Equal("it can be built", Assert.Single(Select(File, new() { IgnoreBuildable = true })).Skipped);
    }

    [Fact]
    public void Services_that_share_an_image_pull_it_once()
    {
        SelectedImage image = Assert.Single(Select("services: { a: { image: 'x:1', pull_policy: never }, b: { image: 'x:1' } }", new(), "x:1"));

        Assert.Null(image.Skipped);
        Assert.Equal(["a", "b"], image.Services);
    }

    [Fact]
    public void Dependencies_are_pulled_only_on_request()
    {
        const string File = "services: { web: { image: 'web:1', depends_on: [db] }, db: { image: 'db:1' }, other: { image: 'other:1' } }";

        Assert.Equal(["web:1"], Select(File, new() { Services = ["web"] }).Select(image => image.Image));
        Assert.Equal(["db:1", "web:1"], Select(File, new() { Services = ["web"], Dependencies = true }).Select(image => image.Image));
    }

    [Fact]
    public void Images_of_init_containers_are_pulled_too() => Assert.Equal(
        ["app:1", "init:1"],
        Select("services: { a: { image: 'app:1', pre_start: [ { image: 'init:1', command: [x] } ] } }", new()).Select(image => image.Image));

    [Fact]
    public void The_platform_is_that_of_the_service_or_the_default_of_the_environment()
    {
        ComposeProject project = Projects.Load(
            "services: { a: { image: 'a:1', platform: linux/arm64 }, b: { image: 'b:1' } }", new Dictionary<string, string> { ["DOCKER_DEFAULT_PLATFORM"] = "linux/s390x" });

        Assert.Equal(["linux/arm64", "linux/s390x"], PullSelection.ToPull(project, new PullSelectionOptions(), _ => false).Select(image => image.Platform));
    }

    [Fact]
    public void Only_built_images_with_a_name_are_pushed_with_all_their_tags()
    {
        ComposeProject project = Projects.Load("services: { a: { build: { context: ., tags: ['a:2'] }, image: 'a:1' }, b: { build: . }, c: { image: 'c:1' } }");

        IReadOnlyList<SelectedImage> images = PullSelection.ToPush(project, [], dependencies: false);

        Assert.Equal(["a:1", "a:2"], images.Where(image => image.Skipped is null).Select(image => image.Image));
        Assert.Equal(["c:1", "lab-b"], images.Where(image => image.Skipped is not null).Select(image => image.Image));
    }

    private static IReadOnlyList<SelectedImage> Select(string yaml, PullSelectionOptions options, params string[] existing) =>
        PullSelection.ToPull(Projects.Load(yaml), options, existing.Contains);
}
