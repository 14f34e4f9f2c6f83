using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Stack;

/// <summary>The most frequent commands: a start with nothing to do, and listing the services.</summary>
internal sealed class StackIdle : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "stack-idle";

    /// <inheritdoc/>
    public string Question => "a start with nothing to do and a list of services in a warm session, against a docker compose process";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        using BenchStack stack = BenchStack.Of(Projects.Thirty);
        stack.Peer("up", "-d", "--wait").Run();
        TimeSpan up = Timing.Median(() => stack.Peer("up", "-d", "--wait").Run(), repetitions: 7, warmups: 1, token);
        TimeSpan list = Timing.Median(() => stack.Peer("ps", "--all", "--format", "json").Run(), repetitions: 7, warmups: 1, token);
        IReadOnlyList<double> ours = stack.Ours($$"""
            foreach ($turn in 1..12) { Clock { Start-LabStack {{stack.Selection}} } }
            foreach ($turn in 1..12) { Clock { Get-LabService -ProjectName {{stack.Name}} } }
            [Environment]::WorkingSet / 1MB
            """);
        results.Ratio("Start-LabStack, 30 services, nothing to do", BenchStack.Median(ours.Skip(3).Take(9)), up, atLeast: 4);
        results.Ratio("Get-LabService, 30 services", BenchStack.Median(ours.Skip(15).Take(9)), list, atLeast: 5);
        results.Count("memory of the host process in MB", (int)ours[^1], atMost: 250);
        return Task.CompletedTask;
    }
}
