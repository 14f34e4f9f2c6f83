using ComposeLab.Bench.Harness;

// ./lab bench [NAME...]: the benchmarks whose names begin with one of the words; none: all of them.
var chosen = BenchmarkList.Matching(args);
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"Benchmark '{string.Join(' ', args)}' not found. Benchmarks: {string.Join(", ", BenchmarkList.All.Select(one => one.Name))}.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

var failed = false;
foreach (var benchmark in chosen)
{
    Console.WriteLine($"{benchmark.Name}: {benchmark.Question}");
    try
    {
        await benchmark.RunAsync(new ResultTable(Console.Out), stop.Token);
    }
    catch (OperationCanceledException)
    {
        return 130;
    }
    catch (BenchmarkUnavailableException missing)
    {
        Console.WriteLine($"  not measured: {missing.Message}");
    }
    catch (Exception fault)
    {
        failed = true;
        Console.WriteLine($"  failed: {fault.Message}");
    }

    Console.WriteLine();
}

return failed ? 1 : 0;
