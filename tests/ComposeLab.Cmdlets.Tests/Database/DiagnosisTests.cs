using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>The parts of the diagnosis that only the bundled API or the engine can show. The causes themselves are tested by tests/db-cases.</summary>
[Trait("Needs", "Engine")]
[Collection(nameof(DatabaseCollection))]
public sealed class DiagnosisTests(DatabaseStack stack)
{
    [Fact]
    public void A_working_stack_passes_every_check_and_publishes_nothing()
    {
        LabDbTestResult result = stack.Working();

        Assert.DoesNotContain(result.Checks, check => check.Outcome == LabDbOutcome.Failed);
        Assert.All(result.Checks.Where(check => check.Name is "engine" or "container" or "api" or "tcp" or "authentication"), check => Assert.NotNull(check.Latency));
        Assert.Equal("", result.Recommendation);
    }

    [Fact]
    public void A_stack_from_the_pipeline_is_never_checked_or_changed_with_the_files_of_another()
    {
        foreach (string command in new[] { "Reset-LabDbPassword", "Test-LabDb", "Start-LabStack" })
        {
            SessionResult result = stack.Run($"[pscustomobject]@{{ ProjectName = '{stack.Name}' }} | {command}");

            Assert.Equal(nameof(LabErrorId.ComposeFileNotFound), result.ErrorId);
            Assert.Empty(result.Output);
        }

        SessionResult test = stack.Run($"[pscustomobject]@{{ ProjectName = '{stack.Name}' }} | Test-LabDb");
        Assert.IsType<LabDbTestResult>(Assert.Single(stack.Run($"Get-LabStack {stack.Name} | Test-LabDb").Good()));
        Assert.IsType<LabDbTestResult>(Assert.Single(stack.Run(test.Error!.ErrorDetails.RecommendedAction).Good()));
    }

    [Fact]
    public void A_start_that_fails_because_of_the_database_reports_the_cause_and_the_fix()
    {
        stack.Working();
        WriteWorker("@dbx:5432");

        SessionResult start = stack.Run($"Start-LabStack {stack.Select}");

        Assert.Equal(nameof(LabErrorId.ServiceExited), start.ErrorId);
        Fixes(start);
    }

    [Theory]
    [InlineData("Restart-LabStack worker")]
    [InlineData("Wait-LabStack")]
    public void A_failed_restart_or_wait_because_of_the_database_also_reports_the_cause_and_the_fix(string command)
    {
        stack.Working();
        WriteWorker("@dbx:5432");
        stack.Run($"Start-LabStack {stack.Select} -NoWait");

        Fixes(stack.Run($"{command} {stack.Select}"));
    }

    // A service that exits if it cannot log in, as many services do. It does so at once: a service that still runs after a moment counts as started.
    private void WriteWorker(string address) => File.WriteAllText(
        stack.File,
        File.ReadAllText(stack.File).Replace(
            "volumes: { data: {} }",
            $$"""
              worker:
                image: {{DatabaseStack.Image("POSTGRES_IMAGE", "postgres:16-alpine")}}
                entrypoint: [sh, -c, 'case $$DATABASE_URL in *@db:*) exec sleep 600 ;; esac; exit 2']
                environment:
                  DATABASE_URL: postgresql://lab:${POSTGRES_PASSWORD}{{address}}/lab
                depends_on: { db: { condition: service_healthy } }
                stop_grace_period: 1s
            volumes: { data: {} }
            """,
            StringComparison.Ordinal));

    private void Fixes(SessionResult failed)
    {
        Assert.Contains(nameof(LabDbCause.WrongHost), failed.Error!.ErrorDetails.Message, StringComparison.Ordinal);
        stack.Type(failed.Error.ErrorDetails.RecommendedAction);
        stack.Works();
    }

    [Fact]
    public async Task A_detached_database_is_reported_and_fixed()
    {
        stack.Working();
        await stack.Engine.DisconnectNetworkAsync($"{stack.Name}_default", stack.Container("db"), CancellationToken.None);

        LabDbTestResult result = stack.Test();
        Assert.True(result.Cause == LabDbCause.DatabaseDetached, DatabaseStack.Told(result));
        stack.Type(result.Recommendation);
        stack.Works();
    }

    [Fact]
    public async Task A_server_that_hangs_is_reported_within_the_time_limit_and_fixed()
    {
        stack.Working();
        await stack.Engine.KillContainerAsync(stack.Container("db"), "SIGSTOP", CancellationToken.None);

        LabDbTestResult result = stack.Test("-TimeoutSec 10");
        Assert.True(result.Cause == LabDbCause.DatabaseNotAnswering, DatabaseStack.Told(result));
        stack.Type(result.Recommendation);
        stack.Works();
    }
}
