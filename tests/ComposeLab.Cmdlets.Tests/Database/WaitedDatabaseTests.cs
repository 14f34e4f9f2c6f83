using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Test-LabDb -Wait on a database that goes and comes back.</summary>
[Trait("Needs", "Engine")]
[Collection(nameof(DatabaseCollection))]
public sealed class WaitedDatabaseTests(DatabaseStack stack) : IDisposable
{
    private readonly TestSession _waiting = new();

    public void Dispose()
    {
        _waiting.Dispose();
        stack.Run($"Start-LabStack {stack.Select}");
    }

    [Fact]
    public void Nothing_is_returned_until_the_database_is_back_and_then_immediately()
    {
        stack.Working();
        stack.Run($"Stop-LabStack db {stack.Select}").Good();

        SessionResult result = _waiting.RunWhileWaiting(
            $"Test-LabDb {stack.Select} -Wait", nameof(LabDbCause.DatabaseStopped), () => stack.Run($"Start-LabStack {stack.Select}").Good());

        Assert.True(Assert.IsType<LabDbTestResult>(Assert.Single(result.Good())).Ok);
        Assert.Equal(
            result.Progress.Select(record => record.ActivityId).Distinct().Order(),
            result.Progress.Where(record => record.RecordType == ProgressRecordType.Completed).Select(record => record.ActivityId).Order());
    }

    [Fact]
    public void A_database_that_does_not_come_back_returns_the_last_diagnosis_after_the_time_limit()
    {
        stack.Working();
        stack.Run($"Stop-LabStack db {stack.Select}").Good();

        SessionResult result = _waiting.Run($"$begin = [DateTime]::UtcNow; Test-LabDb {stack.Select} -Wait -TimeoutSec 8; [DateTime]::UtcNow - $begin");

        Assert.Equal(LabDbCause.DatabaseStopped, Assert.IsType<LabDbTestResult>(result.Good()[0]).Cause);
        Assert.InRange((TimeSpan)result.Values[1], TimeSpan.FromSeconds(7.5), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void There_is_no_wait_for_a_working_database()
    {
        stack.Working();

        Assert.Equal([true], _waiting.Run($"Test-LabDb {stack.Select} -Wait -Quiet").Good());
    }

    [Fact]
    public void Ctrl_C_ends_the_wait()
    {
        stack.Working();
        stack.Run($"Stop-LabStack db {stack.Select}").Good();

        _waiting.StopWhenSaid(nameof(LabDbCause.DatabaseStopped), $"Test-LabDb {stack.Select} -Wait");
    }
}
