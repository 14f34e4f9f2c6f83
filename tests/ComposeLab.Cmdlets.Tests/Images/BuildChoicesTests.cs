using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Buildx;
using ComposeLab.Images;

namespace ComposeLab.Cmdlets.Tests.Images;

public sealed class BuildChoicesTests
{
    private static readonly ComposeProject Project = ProjectOf("services: { api: { image: reg/api, build: . }, own: { build: . } }");
    private static readonly BuildSpec Build = new() { Service = "api", Context = "/x", Names = ["reg/api"], Platform = "linux/amd64", Buildx = new BuildxOptions { Ssh = ["default", "deploy=/a"] } };

    [Fact]
    public void Choices_of_the_engine_do_not_need_buildx()
    {
        var choices = new BuildChoices { Platforms = ["linux/arm64"], NoCache = true, Pull = true, NoCacheStages = ["one"], Provenance = "false", Push = true };

        BuildSpec build = choices.Apply(Build, Project);

        Assert.Equal(("linux/arm64", true, true, false), (build.Platform, build.NoCache, build.Pull, build.NeedsBuildx));
        Assert.Equal(["one"], build.NoCacheStages);
        Assert.Empty(build.Buildx.Platforms);
    }

    [Fact]
    public void Several_platforms_a_builder_keys_and_attestations_need_buildx()
    {
        Assert.Equal(["linux/amd64", "linux/arm64"], Needing(new BuildChoices { Platforms = ["linux/amd64", "linux/arm64"] }).Platforms);
        Assert.Equal("multi", Needing(new BuildChoices { Builder = "multi" }).Builder);
        Assert.Equal("mode=max", Needing(new BuildChoices { Provenance = "mode=max" }).Provenance);
        Assert.Equal("true", Needing(new BuildChoices { Sbom = "true" }).Sbom);
        Assert.Equal(["default", "deploy=/b"], Needing(new BuildChoices { Ssh = ["deploy=/b"] }).Ssh);
    }

    [Fact]
    public void Only_an_image_with_a_name_of_its_own_is_pushed_by_the_builder()
    {
        var choices = new BuildChoices { Push = true };

        Assert.True(choices.Apply(Build, Project).Buildx.Push);
        Assert.False(choices.Apply(Build with { Service = "own" }, Project).Buildx.Push);
    }

    private static BuildxOptions Needing(BuildChoices choices)
    {
        BuildSpec build = choices.Apply(Build, Project);
        Assert.True(build.NeedsBuildx);
        return build.Buildx;
    }

    private static ComposeProject ProjectOf(string yaml)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("composelab-choices-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "compose.yaml"), yaml);
            return ComposeLoader.Load(new ComposeRequest { WorkingDirectory = folder.FullName }, CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
