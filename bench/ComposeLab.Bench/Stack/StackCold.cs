using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Stack;

/// <summary>From nothing to healthy and back to nothing, images present on both sides.</summary>
internal sealed class StackCold : IBenchmark
{
    private const int Repetitions = 3;

    /// <inheritdoc/>
    public string Name => "stack-cold";

    /// <inheritdoc/>
    public string Question => "a cold start until everything is healthy, and its removal, against docker compose up --wait and down";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        Compare("the lab in Prod", BenchStack.Lab, results, token);
        Compare("2 services", () => BenchStack.Of(Projects.Pair), results, token);
        Compare("30 services", () => BenchStack.Of(Projects.Thirty), results, token);
        return Task.CompletedTask;
    }

    private static void Compare(string what, Func<BenchStack> project, ResultTable results, CancellationToken token)
    {
        using BenchStack stack = project();
        List<double> up = [];
        List<double> down = [];
        for (int turn = 0; turn < Repetitions; turn++)
        {
            token.ThrowIfCancellationRequested();
            up.Add(Timing.Once(() => stack.Peer("up", "-d", "--wait").Run()).TotalMilliseconds);
            down.Add(Timing.Once(() => stack.Peer("down", "--volumes").Run()).TotalMilliseconds);
        }

        IReadOnlyList<double> ours = stack.Ours($$"""
            foreach ($turn in 1..{{Repetitions}}) {
                Clock { Start-LabStack {{stack.Selection}} }
                Clock { Remove-LabStack {{stack.Selection}} -Volume -Force }
            }
            """);
        results.Ratio($"start of {what}", BenchStack.Median(ours.Where((_, index) => index % 2 == 0)), BenchStack.Median(up), atLeast: 1 / 0.7);
        results.Ratio($"removal of {what}", BenchStack.Median(ours.Where((_, index) => index % 2 == 1)), BenchStack.Median(down), atLeast: 1 / 0.9);
    }
}
