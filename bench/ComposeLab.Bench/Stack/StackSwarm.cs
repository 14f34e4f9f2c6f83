using ComposeLab.Bench.Config;
using ComposeLab.Bench.Harness;

namespace ComposeLab.Bench.Stack;

/// <summary>Deployments to a swarm of three nodes, against docker stack deploy, which waits too.</summary>
internal sealed class StackSwarm : IBenchmark
{
    private const int Services = 8;
    private const int ManyServices = 50;
    private const int Repetitions = 3;

    /// <inheritdoc/>
    public string Name => "stack-swarm";

    /// <inheritdoc/>
    public string Question => "a first and a second deployment of 8 services with 3 tasks to a swarm, against docker stack deploy --detach=false";

    /// <inheritdoc/>
    public Task RunAsync(ResultTable results, CancellationToken token)
    {
        using var swarm = new SwarmEngines(BenchStack.Image);
        using BenchStack stack = BenchStack.Of(Project(Services));
        using BenchStack many = BenchStack.Of(Project(ManyServices));
        string file = Path.Combine(stack.Folder, "compose.yaml");

        // Docker waits at least five seconds for each service, in every run: its times hardly vary, and one run takes a minute and a half.
        TimeSpan first = Timing.Once(Deploy);
        TimeSpan second = Timing.Once(Deploy);
        stack.Ours(Script("$null = Remove-LabStack -ProjectName peer"));
        token.ThrowIfCancellationRequested();
        IReadOnlyList<double> ours = stack.Ours(Script($$"""
            foreach ($turn in 1..{{Repetitions}}) {
                Clock { Deploy-LabStack -File '{{file}}' -StackName ours -ResolveImage Never }
                Clock { Deploy-LabStack -File '{{file}}' -StackName ours -ResolveImage Never }
                $null = Remove-LabStack -ProjectName ours
            }
            """));
        results.Ratio("first deployment, 8 services with 3 tasks", BenchStack.Median(ours.Where((_, index) => index % 2 == 0)), first, atLeast: 1 / 0.9);
        results.Ratio("second deployment without a change", BenchStack.Median(ours.Where((_, index) => index % 2 == 1)), second, atLeast: 1 / 0.3);

        // -WhatIf writes to the host; a session of its own has none.
        IReadOnlyList<double> plans = many.Ours(Script($$"""
            $session = [powershell]::Create()
            $null = $session.AddScript("{{Session.Import.Replace("\"", "`\"", StringComparison.Ordinal)}}").Invoke()
            foreach ($turn in 1..12) {
                $session.Commands.Clear()
                $null = $session.AddScript("Deploy-LabStack -File '{{Path.Combine(many.Folder, "compose.yaml")}}' -StackName many -ResolveImage Never -WhatIf")
                Clock { $session.Invoke() }
                if ($session.HadErrors) { throw $session.Streams.Error[0] }
            }
            """));
        results.Limit("plan of 50 services with 3 tasks", BenchStack.Median(plans.Skip(5)), TimeSpan.FromMilliseconds(200));
        return Task.CompletedTask;

        void Deploy() => swarm.On(1, "stack", "deploy", "--compose-file", file, "--detach=false", "--resolve-image", "never", "--quiet", "peer").Run();

        string Script(string commands) => $"$env:DOCKER_HOST = '{swarm.Manager}'\n{commands}";
    }

    private static string Project(int services) => "services:\n" + string.Concat(Enumerable.Range(1, services).Select(number =>
        $"  s{number}: {{ image: IMAGE, init: true, entrypoint: [sleep, '600'], stop_grace_period: 1s, deploy: {{ replicas: 3, endpoint_mode: dnsrr }} }}\n"));
}
