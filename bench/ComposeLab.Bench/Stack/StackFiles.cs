using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Stack;

/// <summary>Files on their way into containers: a large copy, and edits that are watched.</summary>
internal sealed class StackFiles : IBenchmark
{
    private const long CopiedBytes = 1L << 30;
    private const int Repetitions = 3;

    private const string Watched = """
        services:
          app:
            image: IMAGE
            entrypoint: ["sh", "-c", "mkdir -p /data; trap 'exit 0' TERM INT; while :; do sleep 1 & wait $$!; done"]
            build: { dockerfile_inline: "FROM IMAGE" }
            develop: { watch: [ { action: sync, path: ./data, target: /data } ] }
        """;

    /// <inheritdoc/>
    public string Name => "stack-files";

    /// <inheritdoc/>
    public string Question => "one gibibyte into a container against docker cp, and how long an edit of 1 and of 1,000 files takes to be in the container";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        Copy(results, token);
        Watch(results);
        return Task.CompletedTask;
    }

    private static void Copy(ResultTable results, CancellationToken token)
    {
        using BenchStack stack = BenchStack.Of(Projects.Alone(1));
        string file = Path.GetTempFileName();
        try
        {
            using (FileStream content = File.OpenWrite(file))
            {
                content.SetLength(CopiedBytes);
            }

            stack.Peer("up", "-d").Run();
            string container = $"{stack.Name}-single1-1";
            TimeSpan peer = Timing.Median(() => new Command("docker", ["cp", file, $"{container}:/copied"]).Run(), Repetitions, warmups: 1, token);
            IReadOnlyList<double> ours = stack.Ours($$"""
                foreach ($turn in 0..{{Repetitions}}) { Clock { Copy-LabItem '{{file}}' single1:/copied {{stack.Selection}} } }
                """);
            results.Ratio("Copy-LabItem, 1 GiB", BenchStack.Median(ours.Skip(1)), peer, atLeast: 1 / 1.2);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Another runspace edits the files; an action is written when its files are in the container.
    private static void Watch(ResultTable results)
    {
        using BenchStack stack = BenchStack.Of(Watched);
        foreach (int files in (int[])[1, 1000])
        {
            IReadOnlyList<double> ours = stack.Ours($$"""
                $folder = Join-Path '{{stack.Folder}}' data
                $null = New-Item $folder -ItemType Directory -Force
                $null = Start-LabStack {{stack.Selection}}
                $shared = [hashtable]::Synchronized(@{ Turn = 0 })
                $editor = [powershell]::Create().AddScript({
                    param($folder, $shared, $files, $turns)
                    Start-Sleep 2
                    foreach ($turn in 0..$turns) {
                        while ($shared.Turn -lt $turn) { Start-Sleep -Milliseconds 10 }
                        Start-Sleep 1
                        $shared.Clock = [System.Diagnostics.Stopwatch]::StartNew()
                        foreach ($number in 1..$files) { [System.IO.File]::WriteAllText("$folder/file$number", "$turn $number") }
                    }
                }).AddArgument($folder).AddArgument($shared).AddArgument({{files}}).AddArgument({{Repetitions}})
                $running = $editor.BeginInvoke()
                $synced = [System.Collections.Generic.HashSet[string]]::new()
                do {
                    Watch-LabStack {{stack.Selection}} -NoStart | ForEach-Object {
                        $synced.UnionWith([string[]]$_.Paths)
                        if ($synced.Count -ge {{files}}) {
                            $shared.Clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
                            $synced.Clear()
                            if ($shared.Turn -eq {{Repetitions}}) { break }
                            $shared.Turn++
                        }
                    }
                } while ($false)
                """);
            results.Limit($"edits of {files} files are in the container", BenchStack.Median(ours.Skip(1)), TimeSpan.FromSeconds(1));
        }
    }
}

/// <summary>One sample of the use of resources, against the docker client's.</summary>
internal sealed class StackUsage : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "stack-usage";

    /// <inheritdoc/>
    public string Question => "one sample of the use of resources of ten services, against docker stats --no-stream";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        using BenchStack stack = BenchStack.Of(Projects.Alone(10));
        stack.Peer("up", "-d").Run();
        string[] containers = [.. Enumerable.Range(1, 10).Select(number => $"{stack.Name}-single{number}-1")];
        TimeSpan peer = Timing.Median(() => new Command("docker", ["stats", "--no-stream", .. containers]).Run(), repetitions: 5, warmups: 1, token);
        IReadOnlyList<double> ours = stack.Ours($$"""
            foreach ($turn in 0..5) { Clock { Measure-LabStack -ProjectName {{stack.Name}} } }
            """);
        // Both wait for the same two samples, which the engine takes once a second.
        results.Ratio("Measure-LabStack, 10 services", BenchStack.Median(ours.Skip(1)), peer, atLeast: 1 / 1.02);
        return Task.CompletedTask;
    }
}
