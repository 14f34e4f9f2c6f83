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
    [InlineData("FROM a\nRUN <<EOF\nFROM b\nEOF\nFROM c", "a c")]
    [InlineData("FROM a\nCOPY <<-'X' <<Y /f/\nFROM b\n\tX\nFROM b\nY\nFROM c", "a c")]
    [InlineData("FROM a\nRUN echo $((1<<EOF))\nFROM c", "a c")]
    [InlineData("# escape=`\nFROM `\n  a\nRUN dir c:\\\nFROM c", "a c")]
    [InlineData("# a comment ends the directives\n# escape=`\nFROM \\\na", "a")]
    [InlineData("\uFEFFFR\\\nOM a\nFROM \\\n# in between\n\n b", "a b")]
    [InlineData("FROM a\nRUN --mount=\"type=bind,from=b:1\" --network=none true\nRUN --mount=type=bind,from=$TOOLS true", "a b:1")]
    public void The_images_of_a_Dockerfile_are_known_before_the_build(string dockerfile, string images) =>
        Assert.Equal(images, string.Join(' ', DockerfileImages.Of(dockerfile, Arguments)));

    [Theory]
    [InlineData("FROM a-${TARGETARCH}")]
    [InlineData("ARG NAME=a-${TARGETARCH}\nFROM $NAME")]
    [InlineData("ARG NAME='a$TAG'\nFROM $NAME")]
    [InlineData("FROM $NOWHERE")]
    public void A_name_that_only_the_builder_knows_is_not_guessed(string dockerfile) => Assert.Empty(DockerfileImages.Of(dockerfile, Arguments));
}
