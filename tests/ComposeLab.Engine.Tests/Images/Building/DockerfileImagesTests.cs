using ComposeLab.Engine.Images;

namespace ComposeLab.Engine.Tests.Images.Building;

public sealed class DockerfileImagesTests
{
    private static readonly Dictionary<string, string?> Arguments = new() { ["TAG"] = "9", ["TARGET"] = null, ["EMPTY"] = "" };

    [Theory]
    [InlineData("FROM scratch", "")]
    [InlineData("FROM a:1 AS x\nFROM x\nFROM a:1\nFROM b@sha256:0", "a:1 b@sha256:0")]
    [InlineData("# FROM no\nfrom --platform=$BUILDPLATFORM a as x\nFROM X", "a")]
    [InlineData("ARG BASE=a:1\nARG TAG\nFROM $BASE\nFROM ${OTHER:-b}:${TAG}", "a:1 b:9")]
    [InlineData("ARG BASE=\"a:1\"\nFROM \\\n  ${BASE}\nARG BASE=no\nFROM ${BASE}", "a:1")]
    [InlineData("ARG TARGET=prod\nFROM a AS prod\nFROM b AS dev\nFROM ${TARGET}", "a b")]
    [InlineData("ARG A=a B=b:$TAG\nARG TAG\nFROM $A\nARG X=$Y\nFROM a", "a")]
    [InlineData("FROM a AS build\nFROM b\nCOPY --chown=1:1 --from=build /x /x\nCOPY --from=0 /y /y\nCOPY --from=c:1 /z /z", "a b c:1")]
    [InlineData("FROM a\nRUN \\\n# in between\n  --mount=type=bind,from=tools:1,target=/t --mount=type=cache,target=/c \\\n\n  make && \\\n  make install", "a tools:1")]
    [InlineData("FROM a\r\nRUN echo --mount=from=b \\\r\n  && true\r\nONBUILD ADD http://host/file /\r\n", "a")]
    [InlineData("FROM a\nADD . /src\nCMD [\"x\"]\nENV A=<<b", "a")]
    public void The_images_of_a_Dockerfile_are_known_before_it_is_built(string dockerfile, string images)
    {
        DockerfileImages found = DockerfileImages.Of(dockerfile, Arguments);

        Assert.Equal(images, string.Join(' ', found.Names));
        Assert.Equal(!dockerfile.Contains("B=b:$TAG", StringComparison.Ordinal), found.AreAll);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FROM ${NOWHERE}")]
    [InlineData("FROM a-${TARGETARCH:-amd64}")]
    [InlineData("ARG EMPTY\nFROM a${EMPTY-x}")]
    [InlineData("FROM a${TAG:+x}")]
    [InlineData("ARG BASE='$TAG'\nFROM a:$BASE")]
    [InlineData("ARG BASE=\"a b\"\nFROM $BASE")]
    [InlineData("FROM --platform=linux/arm64 a")]
    [InlineData("ARG BUILDPLATFORM=linux/arm64\nFROM --platform=$BUILDPLATFORM a")]
    [InlineData("FROM a AS")]
    [InlineData("# syntax=docker/dockerfile:1\nFROM a")]
    [InlineData("#escape = `\nFROM a")]
    [InlineData("FROM a\nADD https://host/file /")]
    [InlineData("FROM a\nADD [\"https://host/file\", \"/\"]")]
    [InlineData("FROM a\nADD git@host:x.git /")]
    [InlineData("FROM a\nADD $FILE /")]
    [InlineData("FROM a\nRUN <<EOF\nFROM b\nEOF")]
    [InlineData("FROM a\nCOPY <<EOF /file\ntext\nEOF")]
    [InlineData("FROM a\nCOPY --from=$BUILD /x /x")]
    [InlineData("FROM a\nRUN --mount=\"type=bind,from=b\" true")]
    [InlineData("FROM a\nRUN --mount=type=bind,from=$TOOLS true")]
    [InlineData("FROM a\nRUNN true")]
    [InlineData("// syntax=x\nFROM a")]
    public void Unsupported_or_downloaded_content_is_reported_as_unknown(string dockerfile) =>
        Assert.False(DockerfileImages.Of(dockerfile, Arguments).AreAll);

    [Theory]
    [InlineData("FROM a-${TARGETARCH}")]
    [InlineData("ARG NAME=a-${TARGETARCH}\nFROM $NAME")]
    [InlineData("ARG NAME='a$TAG'\nFROM $NAME")]
    [InlineData("FROM $NOWHERE")]
    public void A_name_that_only_the_builder_knows_is_not_guessed(string dockerfile) => Assert.Empty(DockerfileImages.Of(dockerfile, Arguments).Names);

    [Fact]
    public void Another_frontend_may_read_the_file_differently() =>
        Assert.False(DockerfileImages.Of("FROM a", new Dictionary<string, string?> { ["BUILDKIT_SYNTAX"] = "other/frontend" }).AreAll);
}
