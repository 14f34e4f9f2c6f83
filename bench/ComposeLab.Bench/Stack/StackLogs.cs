using System.Globalization;
using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Stack;

/// <summary>The processor time of reading a long log. It is what a machine loses to it, however fast the engine sends.</summary>
internal sealed class StackLogs : IBenchmark
{
    private const int Lines = 200_000;
    private const int Repetitions = 3;

    private static readonly string Text = $$"""
        services:
          talker:
            image: IMAGE
            entrypoint: ["sh", "-c", "i=0; while [ $$i -lt {{Lines}} ]; do echo line $$i of a log whose lines have an ordinary length, more or less; i=$$((i+1)); done; touch /tmp/done; sleep 1000000"]
            stop_grace_period: 0s
            healthcheck: { test: ["CMD", "test", "-e", "/tmp/done"], interval: 1s }
        """;

    /// <inheritdoc/>
    public string Name => "stack-logs";

    /// <inheritdoc/>
    public string Question => "the processor time of reading 200,000 lines, against docker compose logs";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        using BenchStack stack = BenchStack.Of(Text);
        stack.Peer("up", "-d", "--wait").Run();
        List<double> peer = [];
        List<double> ours = [];
        for (int turn = 0; turn < Repetitions; turn++)
        {
            token.ThrowIfCancellationRequested();
            peer.Add(ProcessorTime(stack.Peer("logs")));
            ours.AddRange(stack.Ours($$"""
                $null = Get-LabStack {{stack.Name}}
                $before = (Get-Process -Id $PID).TotalProcessorTime
                $count = @(Get-LabLog -ProjectName {{stack.Name}}).Count
                if ($count -ne {{Lines}}) { throw "$count lines" }
                ((Get-Process -Id $PID).TotalProcessorTime - $before).TotalMilliseconds
                """));
        }

        results.Ratio("processor time of 200,000 log lines", BenchStack.Median(ours), BenchStack.Median(peer), atLeast: 0.5);
        return Task.CompletedTask;
    }

    // The shell's own clock counts the programs that it waited for, in milliseconds.
    private static double ProcessorTime(Command command)
    {
        var timed = new Command("bash", ["-c", "TIMEFORMAT='%U %S'; time \"$@\" > /dev/null", "time", command.Program, .. command.Arguments], command.Environment, command.Directory);
        (int exitCode, _, string errors) = timed.Outcome();
        return exitCode == 0
            ? errors.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[^2..].Sum(seconds => double.Parse(seconds, CultureInfo.InvariantCulture)) * 1000
            : throw new InvalidOperationException(errors.Trim());
    }
}
