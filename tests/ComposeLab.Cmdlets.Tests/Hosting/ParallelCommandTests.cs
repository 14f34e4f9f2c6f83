using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Pipeline;
using ComposeLab.Cmdlets.Tests.Stacks;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Cmdlets.Tests.Hosting;

/// <summary>Every cmdlet in ForEach-Object -Parallel, which runs script blocks in runspaces of their own, as thread jobs do.</summary>
[Collection(ProcessEnvironmentCollection.Name)]
public sealed class ParallelCommandTests : IDisposable
{
    private const string Compose = """
        name: fake
        services:
          web: { image: none, build: ., develop: { watch: [ { action: restart, path: . } ] } }
          db: { image: "postgres:16", environment: { POSTGRES_PASSWORD: secret } }

        """;

    private static readonly string[] LocalCommands =
    [
        "Compare-LabConfig dev prod -Path $project", "Enter-LabService web -ProjectName fake", "Get-LabConfigRule", "Get-LabVariable -Path $project", "New-LabEnvFile -Path $project",
        "Show-MergedConfig -Path $project", "Test-LabConfig -Path $project",
    ];

    private readonly TestSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Every_cmdlet_does_the_same_in_parallel_as_alone()
    {
        await using var engine = new FakeEngine("error");
        string? before = Environment.GetEnvironmentVariable("DOCKER_HOST");
        Environment.SetEnvironmentVariable("DOCKER_HOST", engine.Host);
        try
        {
            string[] alone = Results("ForEach-Object {");
            string[] parallel = Results("ForEach-Object -ThrottleLimit 4 -Parallel { Import-Module $using:assembly; $project = $using:project;");

            Assert.Equal(alone.Order(StringComparer.Ordinal), parallel.Order(StringComparer.Ordinal));
            Assert.DoesNotContain(parallel, result => result.Contains(nameof(LabErrorId.UnexpectedFault), StringComparison.Ordinal));
            Assert.Contains(parallel, result => result.StartsWith("Get-LabService", StringComparison.Ordinal) && result.EndsWith(",ComposeLab.Commands.GetLabServiceCommand", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_HOST", before);
        }
    }

    [Fact]
    public void Errors_and_progress_arrive_with_their_ids_and_prompts_are_errors()
    {
        var asking = new WorkProbe((output, _) => output.ShouldContinueAsync("This permanently deletes volume data. Continue?", "Remove shop"));
        var working = new WorkProbe(async (output, _) =>
        {
            output.Progress(new ProgressRecord(1, "starting", "half"));
            output.Warning("careful");
            await output.WriteAsync("done");
        });

        SessionResult asked = Parallel("Test-Pump $using:probe", asking);
        SessionResult worked = Parallel("Test-Pump $using:probe", working);

        Assert.Equal(nameof(LabErrorId.ConfirmationRequired), asked.ErrorId);
        Assert.Equal(["done"], worked.Good());
        Assert.Equal(["careful"], worked.Warnings);
        Assert.Contains(worked.Progress, record => record.StatusDescription == "half");
    }

    [Fact]
    public void Stopping_the_caller_ends_the_work_in_every_runspace()
    {
        var probe = new WorkProbe((_, token) => new TaskCompletionSource().Task.WaitAsync(token));

        _session.StopWhen(() => probe.Started, "param($probe, $assembly) 1 | ForEach-Object -Parallel { Import-Module $using:assembly; Test-Pump $using:probe }", probe, typeof(TestSession).Assembly.Location);

        Assert.True(probe.WasCanceled);
    }

    private SessionResult Parallel(string command, WorkProbe probe) => _session.Run(
        $"param($probe, $assembly) 1 | ForEach-Object -Parallel {{ Import-Module $using:assembly; {command} }}", probe, typeof(TestSession).Assembly.Location);

    // The commands with the ids of their errors.
    private string[] Results(string loop)
    {
        using var folder = new TemporaryFolder();
        folder.Write("compose.yaml", Compose);
        folder.Write("compose.dev.yaml", "services: { web: { labels: { a: b } } }\n");
        folder.Write("compose.prod.yaml", "services: { web: { labels: { a: c } } }\n");
        folder.Write("Dockerfile", "FROM scratch\n");
        folder.Write(".env.example", "A=1\n");
        string[] commands = [.. CancellationTests.Waits.Select(row => row.Data.Item1).Distinct().Concat(LocalCommands)];
        return [.. _session.Run(
            $$"""
            param($commands, $project, $assembly)
            $commands | {{loop}}
                $found = try { & ([scriptblock]::Create("param(`$project) $_")) $project 2>&1 3>$null } catch { $_ }
                "$_ -> $(@($found | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).FullyQualifiedErrorId -join ' ')"
            }
            """,
            commands,
            folder.Path,
            typeof(LabErrorId).Assembly.Location).Good().Cast<string>()];
    }
}
