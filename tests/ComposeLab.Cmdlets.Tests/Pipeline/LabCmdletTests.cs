using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Errors;
using ComposeLab.Pipeline;

namespace ComposeLab.Cmdlets.Tests.Pipeline;

public sealed class LabCmdletTests : IDisposable
{
    private readonly TestSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Objects_and_messages_arrive_in_the_order_they_were_written()
    {
        var probe = new WorkProbe(async (output, _) =>
        {
            output.Verbose("before");
            await output.WriteAsync(1);
            output.Warning("between");
            await output.WriteAsync(2);
        });

        SessionResult result = _session.Run("param($p) Test-Pump $p -Verbose *>&1", probe);

        Assert.Equal(["before", "1", "between", "2"], result.Good().Select(o => o.ToString()));
    }

    [Fact]
    public void A_prompt_in_a_non_interactive_session_is_an_error_with_the_switch()
    {
        var probe = new WorkProbe((output, _) => output.ShouldContinueAsync("This permanently deletes volume data. Continue?", "Remove shop"));

        SessionResult result = _session.Run("param($p) Test-Pump $p", probe);

        Assert.Equal("ConfirmationRequired", result.ErrorId);
        Assert.Equal("-Force", result.Error!.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void The_work_runs_on_a_separate_thread()
    {
        var probe = new WorkProbe((output, _) => output.WriteAsync(1));

        var result = _session.Run("param($p) Test-Pump $p | ForEach-Object { [Environment]::CurrentManagedThreadId }", probe);

        Assert.NotEqual(probe.WorkThread, (int)Assert.Single(result.Good()));
    }

    [Fact]
    public void A_consumer_that_stops_early_ends_the_work()
    {
        var probe = new WorkProbe(WriteForever);

        SessionResult result = _session.Run("param($p) Test-Pump $p | Select-First", probe);

        Assert.Equal([0], result.Good());
        Assert.True(probe.Ended);
        Assert.True(probe.WasCanceled);
    }

    [Fact]
    public void A_consumer_that_stops_early_ends_work_that_is_waiting()
    {
        var probe = new WorkProbe(async (output, token) =>
        {
            Task writing = output.WriteAsync(0);
            await new TaskCompletionSource().Task.WaitAsync(token);
            await writing;
        });

        SessionResult result = _session.Run("param($p) Test-Pump $p | Select-First", probe);

        Assert.Equal([0], result.Good());
        Assert.True(probe.Ended);
        Assert.True(probe.WasCanceled);
    }

    [Fact]
    public void A_break_downstream_ends_the_work()
    {
        var probe = new WorkProbe(WriteForever);

        SessionResult result = _session.Run("param($p) while ($true) { Test-Pump $p | ForEach-Object { $_; break } }", probe);

        Assert.Equal([0], result.Good());
        Assert.True(probe.Ended);
    }

    [Fact]
    public void A_throw_downstream_ends_the_work_and_reaches_the_caller_unchanged()
    {
        var probe = new WorkProbe(WriteForever);

        SessionResult result = _session.Run("param($p) Test-Pump $p | ForEach-Object { throw 'downstream' }", probe);

        Assert.Equal("downstream", result.Terminating?.Exception.Message);
        Assert.True(probe.Ended);
        Assert.True(probe.WasCanceled);
    }

    [Fact]
    public void Stopping_the_pipeline_ends_waiting_work()
    {
        var probe = new WorkProbe((_, token) => new TaskCompletionSource().Task.WaitAsync(token));

        _session.StopWhen(() => probe.Started, "param($p) Test-Pump $p", probe);

        Assert.True(probe.WasCanceled);
    }

    [Fact]
    public void Stopping_the_pipeline_ends_writing_work()
    {
        var probe = new WorkProbe(WriteForever);

        _session.StopWhen(() => probe.Started, "param($p) Test-Pump $p | ForEach-Object { }", probe);

        Assert.True(probe.Ended);
    }

    [Fact]
    public void Each_pipeline_record_is_processed()
    {
        int runs = 0;
        var probe = new WorkProbe((output, _) => output.WriteAsync(Interlocked.Increment(ref runs)));

        SessionResult result = _session.Run("param($p) 'a', 'b', 'c' | Test-Pump $p", probe);

        Assert.Equal([1, 2, 3], result.Good());
    }

    [Fact]
    public void A_failed_record_does_not_prevent_processing_the_next_one()
    {
        int runs = 0;
        var probe = new WorkProbe((output, _) => Interlocked.Increment(ref runs) == 2
            ? throw new LabException(LabErrorId.StackNotRunning, "Not there.", "Start-LabStack")
            : output.WriteAsync(runs));

        SessionResult result = _session.Run("param($p) 'a', 'b', 'c' | Test-Pump $p", probe);

        Assert.Equal([1, 3], result.Values);
        Assert.Null(result.Terminating);
        Assert.Equal("StackNotRunning", result.ErrorId);
    }

    [Theory]
    [InlineData(LabErrorId.StackNotRunning, " -ErrorAction Stop")]
    [InlineData(LabErrorId.EngineUnreachable, "")]
    public void A_failed_record_ends_the_command_if_requested_or_if_the_engine_is_unreachable(LabErrorId id, string more)
    {
        int runs = 0;
        var probe = new WorkProbe((_, _) =>
        {
            runs++;
            throw new LabException(id, "Not there.", "");
        });

        _session.Run("param($p) 'a', 'b', 'c' | Test-Pump $p" + more, probe);

        Assert.Equal(1, runs);
    }

    [Fact]
    public void Several_sessions_work_in_parallel_without_mixing()
    {
        using var barrier = new Barrier(4);
        string[] seen = new string[4];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number =>
        {
            using var session = new TestSession();
            var probe = new WorkProbe(async (output, _) =>
            {
                for (int i = 0; i < 50; i++)
                {
                    await output.WriteAsync(number);
                }
            });
            barrier.SignalAndWait(TestSession.Patience);
            seen[number] = string.Join(',', session.Run("param($p) Test-Pump $p", probe).Good().Distinct());
        });

        Assert.Equal(["0", "1", "2", "3"], seen);
    }

    [Fact]
    public void An_error_of_the_catalog_becomes_an_error_record_with_id_category_and_recommendation()
    {
        var probe = new WorkProbe((_, _) => throw new LabException(LabErrorId.EnvFileExists, "Found it.", "Use -Force", target: "x"));

        SessionResult result = _session.Run("param($p) Test-Pump $p", probe);

        ErrorRecord record = Assert.IsType<ErrorRecord>(result.Error);
        Assert.Equal("EnvFileExists", result.ErrorId);
        Assert.Equal(ErrorCategory.ResourceExists, record.CategoryInfo.Category);
        Assert.Equal("Use -Force", record.ErrorDetails.RecommendedAction);
        Assert.Equal("x", record.TargetObject);
    }

    [Fact]
    public void Any_other_exception_is_reported_as_a_bug_of_the_module()
    {
        var probe = new WorkProbe((_, _) => throw new InvalidDataException("odd"));

        SessionResult result = _session.Run("param($p) Test-Pump $p", probe);

        Assert.Equal("UnexpectedFault", result.ErrorId);
        Assert.Contains("Exception.ToString()", result.Error?.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_answers_no_to_the_question_of_the_work()
    {
        var probe = new WorkProbe(async (output, _) => await output.WriteAsync(await output.ShouldProcessAsync("Do it", "Do it?", "Test")));

        Assert.Equal([false], _session.Run("param($p) Test-Pump $p -WhatIf", probe).Good());
        Assert.Equal([true], _session.Run("param($p) Test-Pump $p", probe).Good());
    }

    [Fact]
    public void A_path_is_resolved_against_the_location_of_the_session()
    {
        var probe = new WorkProbe((_, _) => Task.CompletedTask);

        SessionResult result = _session.Run("param($p) $ExecutionContext.SessionState.Path.SetLocation('/usr/share') > $null; Test-Pump $p -Path ../lib/x", probe);

        Assert.Equal(["/usr/lib/x"], result.Values);
    }

    [Theory]
    [InlineData("variable:x")]
    [InlineData("nosuchdrive:/x")]
    public void A_path_outside_the_file_system_is_rejected(string path)
    {
        var probe = new WorkProbe((_, _) => Task.CompletedTask);

        SessionResult result = _session.Run("param($p, $path) Test-Pump $p -Path $path", probe, path);

        Assert.Equal("PathInvalid", result.ErrorId);
        Assert.False(probe.Started);
    }

    private static async Task WriteForever(IPipelineOutput output, CancellationToken token)
    {
        for (int i = 0; ; i++)
        {
            token.ThrowIfCancellationRequested();
            await output.WriteAsync(i);
        }
    }
}
