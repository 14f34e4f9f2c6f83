using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Database.Routes;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Each fault is made on the running stack, named by Test-LabDb, and mended by typing what it recommends.</summary>
[Trait("Needs", "Engine")]
[Collection(nameof(DatabaseCollection))]
public sealed class DiagnosisTests(DatabaseStack stack)
{
    [Fact]
    public void A_working_stack_passes_every_check_and_publishes_nothing()
    {
        LabDbTestResult result = stack.Mended();

        Assert.DoesNotContain(result.Checks, check => check.Outcome == LabDbOutcome.Failed);
        Assert.All(result.Checks.Where(check => check.Name is "engine" or "container" or "api" or "tcp" or "authentication"), check => Assert.NotNull(check.Latency));
        Assert.Equal("", result.Recommendation);
    }

    [Fact]
    public void A_wrong_host_is_reported_and_fixed()
    {
        stack.Mended();
        stack.Edit("@db:5432", "@dbx:5432");

        Mend(LabDbCause.WrongHost);
    }

    [Fact]
    public void A_wrong_port_is_reported_and_fixed()
    {
        stack.Mended();
        stack.Edit("@db:5432", "@db:5433");

        Mend(LabDbCause.WrongPort);
    }

    [Fact]
    public void A_wrong_password_is_reported_and_never_shown()
    {
        stack.Mended();
        stack.Edit("DATABASE_PASSWORD: ${POSTGRES_PASSWORD}", "DATABASE_PASSWORD: quite-wrong");

        LabDbTestResult result = Expect(LabDbCause.WrongPassword);
        Assert.DoesNotContain("quite-wrong", DatabaseStack.Told(result), StringComparison.Ordinal);
        Assert.Contains(" write DATABASE_PASSWORD: ${POSTGRES_PASSWORD}, then: ", result.Recommendation, StringComparison.Ordinal);
        stack.Type(result.Recommendation);
        stack.Works();
    }

    [Fact]
    public void A_login_without_a_password_is_distinguished_from_a_server_that_does_not_answer()
    {
        stack.Mended();
        stack.Edit("DATABASE_PASSWORD: ${POSTGRES_PASSWORD}", "UNRELATED: ${POSTGRES_PASSWORD}");

        Expect(LabDbCause.WrongPassword);
    }

    [Fact]
    public void A_wrong_user_is_reported_and_fixed()
    {
        stack.Mended();
        stack.Edit("//lab@db", "//labx@db");

        Mend(LabDbCause.WrongUser);
    }

    [Fact]
    public void A_missing_database_is_reported_and_fixed()
    {
        stack.Mended();
        stack.Edit("5432/lab", "5432/shop");

        Mend(LabDbCause.MissingDatabase);
    }

    [Fact]
    public void A_volume_with_an_older_password_is_distinguished_from_a_wrong_one_and_keeps_its_data()
    {
        stack.Mended();
        stack.Run($"Invoke-LabQuery 'CREATE TABLE kept (id int)' {stack.Select}").Good();
        stack.SetPassword("second-password");
        stack.Run($"Start-LabStack {stack.Select}").Good();

        LabDbTestResult result = Mend(LabDbCause.VolumeKeepsOldLogin);
        Assert.DoesNotContain("second-password", DatabaseStack.Told(result), StringComparison.Ordinal);
        stack.Run($"Invoke-LabQuery 'DROP TABLE kept' {stack.Select}").Good();
        stack.SetPassword("first-password");
        stack.Run($"Start-LabStack {stack.Select}; Reset-LabDbPassword {stack.Select}").Good();
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
    public void Tls_that_is_required_but_not_offered_is_reported_and_fixed()
    {
        stack.Mended();
        stack.Edit("5432/lab", "5432/lab?sslmode=require");

        Mend(LabDbCause.TlsNotOffered);
    }

    // The service never becomes healthy because of its port, and its database could not be used either.
    private void WriteUnusableApi() => File.WriteAllText(
        stack.File,
        File.ReadAllText(stack.File)
            .Replace("5432/lab", "5432/lab?sslmode=require", StringComparison.Ordinal)
            .Replace("      DATABASE_PASSWORD:", "      ASPNETCORE_HTTP_PORTS: nonsense\n      DATABASE_PASSWORD:", StringComparison.Ordinal));

    [Fact]
    public void The_error_of_a_failed_start_contains_the_diagnosis()
    {
        stack.Mended();
        WriteUnusableApi();

        SessionResult start = stack.Run($"Start-LabStack {stack.Select}");

        Assert.Equal(nameof(LabErrorId.ServiceUnhealthy), start.ErrorId);
        Assert.Contains(nameof(LabDbCause.TlsNotOffered), start.Error!.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Restart-LabStack api")]
    [InlineData("Wait-LabStack")]
    public void The_errors_of_a_failed_restart_and_wait_contain_it_too(string command)
    {
        stack.Mended();
        WriteUnusableApi();
        stack.Run($"Start-LabStack {stack.Select} -NoWait");

        SessionResult failed = stack.Run($"{command} -ProjectName {stack.Name}");

        Assert.Contains(nameof(LabDbCause.TlsNotOffered), failed.Error!.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_database_is_reported_and_fixed()
    {
        stack.Mended();
        stack.Run($"Stop-LabStack db {stack.Select}").Good();

        Mend(LabDbCause.DatabaseStopped);
    }

    [Fact]
    public async Task A_paused_database_is_reported_and_fixed()
    {
        stack.Mended();
        await stack.Engine.PauseContainerAsync(stack.Container("db"), CancellationToken.None);

        Mend(LabDbCause.DatabasePaused);
    }

    [Fact]
    public async Task An_unhealthy_database_is_reported_and_fixed()
    {
        stack.Mended();
        await stack.ExecAsync("db", "touch /tmp/sick");
        stack.WaitForHealth("db", HealthStatus.Unhealthy);

        Mend(LabDbCause.DatabaseUnhealthy);
    }

    [Fact]
    public async Task A_detached_database_is_reported_and_fixed()
    {
        stack.Mended();
        await stack.Engine.DisconnectNetworkAsync($"{stack.Name}_default", stack.Container("db"), CancellationToken.None);

        Mend(LabDbCause.DatabaseDetached);
    }

    [Fact]
    public async Task A_server_that_hangs_is_reported_within_the_time_limit_and_fixed()
    {
        stack.Mended();
        await stack.Engine.KillContainerAsync(stack.Container("db"), "SIGSTOP", CancellationToken.None);

        LabDbTestResult result = stack.Test("-TimeoutSec 3");
        Assert.InRange(result.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(3.5));
        Assert.Equal(LabDbCause.DatabaseNotAnswering, result.Cause);
        stack.Type(result.Recommendation);
        stack.Works();
    }

    [Fact]
    public async Task A_server_in_recovery_is_reported_and_can_be_used_afterwards()
    {
        stack.Mended();
        await stack.ExecAsync("db", "psql -U lab -c 'ALTER SYSTEM SET hot_standby = off' && touch $PGDATA/standby.signal", "postgres");
        await stack.Engine.StopContainerAsync(stack.Container("db"), null, CancellationToken.None);
        await stack.Engine.StartContainerAsync(stack.Container("db"), CancellationToken.None);
        stack.WaitForCause(LabDbCause.DatabaseStarting);

        LabDbTestResult result = Expect(LabDbCause.DatabaseStarting);
        await stack.ExecAsync("db", "pg_ctl promote -D $PGDATA", "postgres");
        stack.Type(result.Recommendation);
        stack.Works();
        await stack.ExecAsync("db", "psql -U lab -c 'ALTER SYSTEM RESET hot_standby'", "postgres");
    }

    [Fact]
    public async Task A_server_without_a_free_connection_is_reported_and_fixed()
    {
        stack.Mended();
        await using ContainerTunnel tunnel = ContainerTunnel.Open(stack.Engine, stack.Container("db"), "db", 5432);
        await using var sessions = await HeldSessions.TakeAllAsync(tunnel, "lab", "first-password");

        Mend(LabDbCause.TooManyConnections);
    }

    [Fact]
    public void A_stopped_api_is_reported_and_fixed()
    {
        stack.Mended();
        stack.Run($"Stop-LabStack api {stack.Select}").Good();

        Mend(LabDbCause.ApiStopped);
    }

    [Fact]
    public async Task An_api_that_hangs_is_reported_and_fixed()
    {
        stack.Mended();
        await stack.Engine.KillContainerAsync(stack.Container("api"), "SIGSTOP", CancellationToken.None);
        stack.WaitForHealth("api", HealthStatus.Unhealthy);

        Mend(LabDbCause.ApiUnhealthy);
    }

    [Fact]
    public void An_api_port_that_is_not_the_published_one_is_reported_and_fixed()
    {
        stack.Mended();
        stack.Edit(":8000\"]", ":9000\"]");
        stack.WaitForHealth("api", HealthStatus.Healthy);

        Mend(LabDbCause.ApiPortMismatch);
    }

    private LabDbTestResult Mend(LabDbCause cause)
    {
        LabDbTestResult result = Expect(cause);
        stack.Type(result.Recommendation);
        stack.Works();
        return result;
    }

    private LabDbTestResult Expect(LabDbCause cause)
    {
        LabDbTestResult result = stack.Test();
        Assert.True(result.Cause == cause, $"expected {cause}, found {result.Cause}\n{DatabaseStack.Told(result)}");
        Assert.False(result.Ok);
        Assert.Equal(false, Assert.Single(stack.Run($"Test-LabDb {stack.Select} -Quiet").Good()));
        return result;
    }
}
