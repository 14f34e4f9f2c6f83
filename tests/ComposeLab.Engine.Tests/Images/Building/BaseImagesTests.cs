using ComposeLab.Engine.Images;

namespace ComposeLab.Engine.Tests.Images.Building;

public sealed class BaseImagesTests
{
    [Theory]
    [InlineData("FROM scratch", "")]
    [InlineData("FROM a:1 AS x\nFROM x\nFROM a:1\nFROM b@sha256:0", "a:1 b@sha256:0")]
    [InlineData("# FROM no\nfrom --platform=linux/amd64 a as x\nFROM X", "a")]
    [InlineData("ARG BASE=a:1\nARG TAG\nFROM $BASE\nFROM ${OTHER:-b}:${TAG}", "a:1 b:9")]
    [InlineData("ARG BASE=\"a:1\"\nFROM \\\n  ${BASE}\nARG BASE=no\nFROM ${BASE}", "a:1")]
    [InlineData("ARG TARGET=prod\nFROM a AS prod\nFROM b AS dev\nFROM ${TARGET}", "a b")]
    [InlineData("FROM ${NOWHERE}", "")]
    public void A_Dockerfile_s_base_images_are_known_before_it_is_built(string dockerfile, string images) =>
        Assert.Equal(images, string.Join(' ', BaseImages.Of(dockerfile, new Dictionary<string, string?> { ["TAG"] = "9", ["TARGET"] = null })));
}
