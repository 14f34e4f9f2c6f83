using ComposeLab.Engine.Planning;
using ComposeLab.Plans;

namespace ComposeLab.Cmdlets.Tests.Stacks;

public sealed class PlanProgressTests
{
    private static readonly StackPlan Plan = new() { ProjectName = "lab", Operations = [Wait("db"), Wait("api")] };

    [Fact]
    public void An_interrupted_start_says_what_is_ready_what_is_not_and_how_to_wait_for_it()
    {
        string text = PlanProgress.Interrupted(Plan, ["db"], "Wait-LabStack -ProjectName lab")!;

        Assert.Contains("Ready: db. Not ready: api.", text, StringComparison.Ordinal);
        Assert.EndsWith("Wait-LabStack -ProjectName lab", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_when_nothing_is_awaited_anymore() => Assert.Null(PlanProgress.Interrupted(Plan, ["db", "api"], "Wait-LabStack"));

    private static WaitOperation Wait(string name) =>
        new(name, WaitCondition.Ready, true, TimeSpan.FromMinutes(5), false) { Id = "wait " + name, Resource = ResourceId.Container(name), Cause = "until it is ready" };
}
