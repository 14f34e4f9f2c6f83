using ComposeLab.Engine.Images;

namespace ComposeLab.Engine.Tests.Images.Building;

public sealed class BuildOrderTests
{
    [Fact]
    public void A_build_waits_for_the_images_it_starts_from_or_copies_from()
    {
        BuildSpec[] builds =
        [
            Build("web", "FROM shop/base\nCOPY --from=shop/tools:latest /bin/x /bin/x"),
            Build("shop/tools", "FROM scratch"),
            Build("shop/base:latest", "ARG TAG=latest\nFROM shop/tools:${TAG}"),
            Build("other", "FROM alpine"),
        ];

        IReadOnlyList<IReadOnlyList<int>> needs = BuildOrder.Of(builds);

        Assert.Equal([[1, 2], [], [1], []], needs.Select(need => need.Order().ToArray()));
    }

    [Fact]
    public void A_cycle_is_reported_before_anything_is_built()
    {
        var fault = Assert.Throws<EngineException>(() => BuildOrder.Of([Build("a", "FROM b"), Build("b", "FROM a"), Build("c", "FROM scratch")]));

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
    }

    private static BuildSpec Build(string name, string dockerfile) => new() { Context = "/nowhere", Names = [name], DockerfileInline = dockerfile };
}
