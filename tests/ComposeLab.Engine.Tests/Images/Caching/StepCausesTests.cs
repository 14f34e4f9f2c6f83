using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Caching;

namespace ComposeLab.Engine.Tests.Images.Caching;

public sealed class StepCausesTests
{
    [Theory]
    [InlineData("COPY src/ ./", true)]
    [InlineData("COPY . .", true)]
    [InlineData("COPY --chown=1:1 src/api ./", true)]
    [InlineData("COPY src/api/*.cs src/other /app/", true)]
    [InlineData("COPY [\"src/api\", \"/app\"]", true)]
    [InlineData("ADD src /app", true)]
    [InlineData("COPY src/web ./", false)]
    [InlineData("COPY src/api/*.csproj ./", false)]
    [InlineData("COPY srcs ./", false)]
    public void A_copy_ran_because_of_the_changed_file_only_when_it_copies_it(string instruction, bool copies)
    {
        (_, string why) = StepCauses.Of([Step("", 2, instruction)], "src/api/Program.cs").Single();

        Assert.Equal(copies, why == "it copies src/api/Program.cs, which changed");
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Later_steps_name_the_step_that_caused_them()
    {
        var causes = StepCauses.Of(
            [Step("build", 1, "FROM a", cached: true), Step("build", 2, "COPY src ./"), Step("build", 3, "RUN make"), Step("", 1, "FROM b", cached: true), Step("", 2, "COPY --from=build /out /app")],
            "src/a.c");

        Assert.Equal(
            ["", "it copies src/a.c, which changed", "it follows step build 2/3, which ran", "", "the files it copies from stage build were rebuilt"],
            causes.Select(cause => cause.Why));
    }

    [Theory]
    [InlineData("RUN install|RUN compile", "RUN compile", true)]
    [InlineData("RUN install|RUN compile", "RUN install|RUN compile", false)]
    [InlineData("RUN compile", "RUN compile", false)]
    [InlineData("", "RUN compile", null)]
    public void The_rule_passes_if_a_code_change_keeps_dependency_steps_cached(string afterDependency, string afterCode, bool? holds) =>
        Assert.Equal(holds, CacheRule.Holds([Outcome(CacheScenario.Code, afterCode), Outcome(CacheScenario.Dependency, afterDependency)]));

    private static CacheOutcome Outcome(CacheScenario scenario, string ran) => new()
    {
        Scenario = scenario,
        ChangedPath = "x",
        Duration = TimeSpan.Zero,
        Steps = [.. ran.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(text => (Step("", text[4], text), "because"))],
    };

    private static BuildStep Step(string stage, int number, string instruction, bool cached = false) =>
        new() { Stage = stage, Number = number, Total = 3, Instruction = instruction, Cached = cached };
}
