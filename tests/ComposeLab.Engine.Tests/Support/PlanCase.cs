using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>A row of a plan table: the running project, the requested project, and the plan.</summary>
internal static class PlanCase
{
    /// <summary>Passes if starting one project while another one is running results in the plan.</summary>
    /// <param name="before">What runs; null is an empty engine.</param>
    /// <param name="after">What is wanted.</param>
    /// <param name="plan">The plan as text.</param>
    /// <param name="options">How it is started.</param>
    public static void Holds(string? before, string after, string plan, StartOptions? options = null)
    {
        ComposeProject wanted = Projects.Load(after);
        var engine = new SimulatedEngine();
        if (before is not null)
        {
            ComposeProject ran = Projects.Load(before);
            engine.WithImagesOf(ran).Start(ran);
        }

        Assert.Equal(Text(plan), engine.WithImagesOf(wanted).Plan(wanted, options).ToString());
    }

    /// <summary>Expected text as plans write it.</summary>
    /// <param name="text">A raw string.</param>
    public static string Text(string text) => text.TrimEnd('\n') + "\n";
}
