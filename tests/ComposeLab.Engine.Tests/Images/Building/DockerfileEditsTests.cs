using ComposeLab.Engine.Images;

namespace ComposeLab.Engine.Tests.Images.Building;

public sealed class DockerfileEditsTests
{
    private static readonly Dictionary<string, string?> Arguments = new() { ["BASE"] = "tools" };

    [Theory]
    [InlineData("FROM tools AS x\nCOPY --from=tools:1 /a /a\nCOPY --from=TOOLS /b /tools", "FROM shop-tools AS x\nCOPY --from=tools:1 /a /a\nCOPY --from=shop-tools /b /tools")]
    [InlineData("ARG BASE\nFROM --platform=linux/amd64 $BASE\r\n", "ARG BASE\nFROM --platform=linux/amd64 shop-tools\r\n")]
    [InlineData("FROM a\nRUN \\\n # no\n --mount=type=bind,from=tools,target=/t \\\n x", "FROM a\nRUN \\\n # no\n --mount=type=bind,from=shop-tools,target=/t \\\n x")]
    [InlineData("FROM a\nRUN --mount=\"type=bind,from=tools\" x", "FROM a\nRUN --mount=\"type=bind,from=shop-tools\" x")]
    [InlineData("FROM a\nRUN <<EOF\nCOPY --from=tools x\nEOF", "FROM a\nRUN <<EOF\nCOPY --from=tools x\nEOF")]
    [InlineData("FROM to\\\nols", "FROM shop-tools")]
    public void The_name_of_a_context_is_replaced_with_its_image(string text, string changed) =>
        Assert.Equal(changed, DockerfileEdits.WithContexts(text, Arguments, new Dictionary<string, string> { ["tools"] = "shop-tools" }));

    [Theory]
    [InlineData("FROM a AS x\nRUN one\nCOPY . .\nFROM b AS y\nRUN two", "FROM a AS x\nRUN one\nCOPY . .\nFROM b AS y\nRUN{0} two")]
    [InlineData("FROM a AS Y\nrun \\\n  --network=none one", "FROM a AS Y\nrun{0} \\\n  --network=none one")]
    [InlineData("FROM a AS y\nRUN <<EOF\nRUN\nEOF\nONBUILD RUN x", "FROM a AS y\nRUN{0} <<EOF\nRUN\nEOF\nONBUILD RUN x")]
    [InlineData("FROM a\nRUN one", "FROM a\nRUN one")]
    public void Only_the_commands_of_the_specified_stages_ignore_the_cache(string text, string changed)
    {
        string edited = DockerfileEdits.WithoutCache(text, Arguments, ["y"], "0");

        Assert.Equal(changed.Replace("{0}", " --mount=type=tmpfs,target=/dev/.no-cache-0", StringComparison.Ordinal), edited);
    }

    [Theory]
    [InlineData("COPY . .", true)]
    [InlineData("COPY --chown=1:1 ./ /app", true)]
    [InlineData("COPY package*.json src /", true)]
    [InlineData("COPY [\"a b\", \"/\", \"/x y/\"]", true)]
    [InlineData("ADD $FILES /", true)]
    [InlineData("COPY ../ /", true)]
    [InlineData("COPY src/../.. /", true)]
    [InlineData("COPY ../src/a /", false)]
    [InlineData("ONBUILD COPY . .", false)]
    [InlineData("RUN --mount=target=/src make", true)]
    [InlineData("RUN --mount=type=bind,source=.,target=/src make", true)]
    [InlineData("COPY src/*.c ./a /", false)]
    [InlineData("COPY [\"a b\", \"./c\", \".\"]", false)]
    [InlineData("COPY --from=x . .", false)]
    [InlineData("ADD https://example.test/* /", false)]
    [InlineData("RUN --mount=type=cache,target=/c --mount=source=src,target=/s cp -r . /", false)]
    [InlineData("COPY <<EOF /\n.\nEOF", false)]
    public void A_step_that_sees_the_whole_context_is_known(string step, bool seesAll) =>
        Assert.Equal(seesAll, DockerfileEdits.TakesWholeContext($"FROM a\n{step}", Arguments));

    [Theory]
    [InlineData("ARG BASE\n# c\nFROM a\nCOPY . .\n", "ARG BASE\n# c\n{0}FROM a\nCOPY{1} . .\n")]
    [InlineData("FROM a\nFROM b\nCOPY --from=0 /x /\nRUN --mount=from=1,target=/t x", "{0}FROM a\nFROM b\nCOPY --from=1 /x /\nRUN --mount=from=2,target=/t x")]
    [InlineData("FROM a\nADD . https://example.test/x /y/\nADD [\"./a b\", \"/\"]", "{0}FROM a\nADD context/. https://example.test/x /y/\nADD [\"context/./a b\", \"/\"]")]
    [InlineData("FROM a\nADD ../x src/../../y ./$Z/../z /a/\nADD [\"../a b\", \"..\", \"/\"]", "{0}FROM a\nADD context/x context/y context/$Z/../z /a/\nADD [\"context/a b\", \"context/.\", \"/\"]")]
    [InlineData("FROM a\nRUN --mount=target=/src --mount=type=cache,target=/c x", "{0}FROM a\nRUN --mount=target=/src{2} --mount=type=cache,target=/c x")]
    [InlineData("FROM a\nRUN --mount=\"target=/src\" x\nCOPY <<EOF /f\nCOPY . .\nEOF", "{0}FROM a\nRUN --mount=\"target=/src{2}\" x\nCOPY <<EOF /f\nCOPY . .\nEOF")]
    public void Steps_take_the_context_from_a_stage_of_its_own(string text, string changed) => Assert.Equal(
        changed.Replace("{0}", "FROM scratch AS composelab-context\nCOPY context/ /\n", StringComparison.Ordinal)
            .Replace("{1}", " --from=composelab-context", StringComparison.Ordinal).Replace("{2}", ",from=composelab-context", StringComparison.Ordinal),
        DockerfileEdits.WithContextStage(text, Arguments));

    [Theory]
    [InlineData("FROM a AS base\nonbuild COPY . \\\n /x\nONBUILD RUN make\nUSER 1\nFROM BASE AS app\nRUN one", null, "FROM a AS base\n\n\nUSER 1\nFROM BASE AS app\nCOPY .  /x\nRUN make\nRUN one")]
    [InlineData("FROM a AS base\nONBUILD COPY . .\nFROM base", "base", "FROM a AS base\nONBUILD COPY . .\nFROM base")]
    [InlineData("FROM a AS base\nONBUILD COPY . .\nFROM b\nCOPY --from=base /x /", null, "FROM a AS base\nONBUILD COPY . .\nFROM b\nCOPY --from=base /x /")]
    public void Instructions_for_later_stages_become_instructions_of_these_stages(string text, string? target, string changed) =>
        Assert.Equal(changed, DockerfileEdits.WithTriggers(text, Arguments, target));

    [Fact]
    public void Steps_are_shown_as_the_user_wrote_them() => Assert.Equal(
        "RUN --network=none one",
        DockerfileEdits.Shown(DockerfileEdits.WithoutCache("FROM a AS y\nRUN --network=none one", Arguments, ["y"], "0").Split('\n')[1]));
}
