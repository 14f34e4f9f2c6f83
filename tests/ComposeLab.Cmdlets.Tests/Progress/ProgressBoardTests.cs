using System.Management.Automation;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Progress;

namespace ComposeLab.Cmdlets.Tests.Progress;

public sealed class ProgressBoardTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly RecordingOutput _output = new();
    private readonly ProgressBoard _board;

    public ProgressBoardTests() => _board = new ProgressBoard(_output, "Start lab", 2, _time);

    public void Dispose() => _board.Dispose();

    [Fact]
    public void Nothing_is_written_between_two_ticks()
    {
        for (int i = 0; i < 1000; i++)
        {
            Layer("a", i, 1000);
        }

        Assert.Empty(_output.Records);
        _time.Tick();
        Assert.Equal(2, _output.Records.Count);
    }

    [Fact]
    public void The_stack_is_written_before_its_services()
    {
        Container("db", EventPhase.Working, "starting");
        _time.Tick();

        Assert.Equal(["Start lab", "db"], _output.Records.Select(r => r.Activity));
        Assert.Equal(_output.Records[0].ActivityId, _output.Records[1].ParentActivityId);
    }

    [Fact]
    public void Layers_are_added_up_for_their_image()
    {
        Layer("a", 50, 100);
        Layer("b", 0, 100);
        _time.Tick();

        Assert.Equal(25, Last("image postgres").PercentComplete);
    }

    [Fact]
    public void Progress_never_goes_backwards()
    {
        Layer("a", 90, 100);
        _time.Tick();
        Layer("b", 0, 10_000);
        Layer("a", 10, 100);
        Layer("c", 0, 10_000, "extracting");
        Container("db", EventPhase.Working, "starting");
        _time.Tick();

        Assert.Equal(90, Last("image postgres").PercentComplete);
    }

    [Fact]
    public void Every_line_is_completed_at_the_end_the_children_first()
    {
        Container("db", EventPhase.Working, "starting");
        Layer("a", 1, 2);
        _time.Tick();
        _board.Dispose();

        IEnumerable<string> completed = _output.Records.Where(r => r.RecordType == ProgressRecordType.Completed).Select(r => r.Activity);
        Assert.Equal(["image postgres", "db", "Start lab"], completed);
    }

    [Fact]
    public void Nothing_is_written_after_the_end()
    {
        _board.Dispose();
        int before = _output.Records.Count;
        Container("db", EventPhase.Done, "started");
        _time.Tick();

        Assert.Equal(before, _output.Records.Count);
    }

    [Fact]
    public void Milestones_go_to_the_verbose_stream_and_warnings_to_theirs()
    {
        Container("db", EventPhase.Working, "starting");
        Container("db", EventPhase.Done, "started");
        Container("db", EventPhase.Warning, "takes long");

        Assert.Equal(["container lab-db-1: started", "warning: container lab-db-1: takes long"], _output.Messages);
    }

    [Fact]
    public void What_a_hook_writes_goes_to_the_verbose_stream_only()
    {
        Container("db", EventPhase.Output, "hello");
        _time.Tick();

        Assert.Equal(["container lab-db-1: hello"], _output.Messages);
        Assert.DoesNotContain(_output.Records, record => record.StatusDescription.Contains("hello", StringComparison.Ordinal));
    }

    [Fact]
    public void Between_two_pieces_of_work_no_line_is_shown_and_the_second_is_reported_like_the_first()
    {
        Container("db", EventPhase.Done, "started");
        _time.Tick();
        _board.Clear();
        int shown = _output.Records.Count;
        _time.Tick();
        Container("db", EventPhase.Done, "started");
        _time.Tick();

        Assert.Equal(["db", "Start lab"], _output.Records.Take(shown).Where(r => r.RecordType == ProgressRecordType.Completed).Select(r => r.Activity));
        Assert.Equal(["Start lab", "db"], _output.Records.Skip(shown).Select(r => r.Activity));
        Assert.Equal(2, _output.Messages.Count);
    }

    [Fact]
    public void The_stack_counts_its_steps()
    {
        Container("db", EventPhase.Done, "started");
        _time.Tick();

        Assert.Equal(50, Last("Start lab").PercentComplete);
    }

    private ProgressRecord Last(string activity) => _output.Records.Last(r => r.Activity == activity);

    private void Layer(string id, long current, long total, string status = "downloading") => _board.Report(new EngineEvent
    {
        Resource = ResourceId.Layer(id),
        Parent = ResourceId.Image("postgres"),
        Phase = EventPhase.Working,
        Status = status,
        Current = current,
        Total = total,
    });

    private void Container(string service, EventPhase phase, string status) =>
        _board.Report(new EngineEvent { Resource = ResourceId.Container($"lab-{service}-1"), Phase = phase, Status = status, Service = service });
}
