using ComposeLab.Engine.Planning;
using ComposeLab.Plans;

namespace ComposeLab.Cmdlets.Tests.Stacks;

public sealed class PlanProgressTests
{
    private static readonly StackPlan Plan = new() { ProjectName = "lab", Operations = [Wait("db"), Wait("api")] };

    [Fact]
    public void An_interrupted_start_reports_ready_and_missing_services_and_the_wait_command()
    {
        string text = PlanProgress.Interrupted(Plan, ["db"], "Wait-LabStack -ProjectName lab")!;

        Assert.Contains("Ready: db. Not ready: api.", text, StringComparison.Ordinal);
        Assert.EndsWith("Wait-LabStack -ProjectName lab", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_reported_if_nothing_is_awaited() => Assert.Null(PlanProgress.Interrupted(Plan, ["db", "api"], "Wait-LabStack"));

    private static WaitOperation Wait(string name) =>
        new(name, WaitCondition.Ready, true, TimeSpan.FromMinutes(5), false) { Id = "wait " + name, Resource = ResourceId.Container(name), Cause = "until it is ready" };
}
