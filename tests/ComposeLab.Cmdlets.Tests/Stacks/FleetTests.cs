using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>One command for several engines: each answers for itself, and one that fails does not stop the others.</summary>
public sealed class FleetTests : IAsyncDisposable
{
    private const string Dead = "unix:///nowhere/docker.sock";

    private readonly TestSession _session = new();
    private readonly FakeEngine _one = new("no misbehavior");
    private readonly FakeEngine _two = new("no misbehavior");

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _session.Dispose();
    }

    [Fact]
    public void The_stacks_of_all_engines_are_one_list_and_a_dead_one_is_one_error()
    {
        SessionResult result = Run("$one, $dead, $two | Get-LabStack -ErrorVariable faults -ErrorAction SilentlyContinue; $faults.FullyQualifiedErrorId");

        Assert.Equal([_one.Host, _two.Host], result.Output.OfType<PSObject>().Select(item => item.BaseObject).OfType<LabStack>().Select(stack => stack.Engine));
        Assert.Equal("EngineUnreachable,ComposeLab.Commands.GetLabStackCommand", result.Output[^1].ToString());
    }

    [Fact]
    public async Task Engines_that_do_not_answer_are_waited_for_at_the_same_time()
    {
        FakeEngine[] silent = [.. Enumerable.Range(0, 20).Select(_ => new FakeEngine("half header"))];
        try
        {
            _session.StopWhen(
                () => silent.All(engine => engine.IsHanging), "param($engines) Get-LabStack -Context $engines.Split(',')", string.Join(',', silent.Select(engine => engine.Host)));
        }
        finally
        {
            foreach (FakeEngine engine in silent)
            {
                await engine.DisposeAsync();
            }
        }
    }

    [Fact]
    public void Objects_go_back_to_the_engine_they_came_from() => Assert.Equal(
        [_one.Host, _two.Host],
        Texts("Get-LabStack -Context $one, $two | ForEach-Object { $_ | Get-LabService } | ForEach-Object Engine"));

    [Fact]
    public async Task Every_object_of_a_named_engine_carries_its_name()
    {
        await using var log = new FakeEngine("log of one line");

        Assert.Equal([log.Host], [.. _session.Run("param($engine) (Get-LabLog -ProjectName fake -Context $engine).Engine", log.Host).Output.Select(item => item.ToString()).Distinct()]);
    }

    [Fact]
    public void A_command_answers_for_each_engine_and_errors_name_theirs()
    {
        SessionResult result = Run("Resume-LabStack -ProjectName fake -Context $one, $dead, $two -ErrorVariable faults -ErrorAction SilentlyContinue; $faults | ForEach-Object { $_.ErrorDetails.Message }");

        LabEngineResult[] engines = [.. result.Output.Select(item => item.BaseObject).OfType<LabEngineResult>().OrderBy(engine => engine.Engine, StringComparer.Ordinal)];
        Assert.Equal(new[] { _one.Host, _two.Host, Dead }.Order(StringComparer.Ordinal), engines.Select(engine => engine.Engine));
        Assert.Equal("EngineUnreachable", Assert.Single(engines, engine => !engine.Succeeded).ErrorId);
        Assert.All(engines.Where(engine => engine.Succeeded), engine => Assert.Equal("fake", engine.ProjectName));
        Assert.StartsWith(Dead + ": ", result.Output[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_from_the_pipeline_are_one_plan_for_all() =>
        Assert.Equal(2, Run("$one, $two | Resume-LabStack -ProjectName fake").Output.Count(item => item.BaseObject is LabEngineResult { Succeeded: true }));

    [Fact]
    public void An_unknown_context_is_found_before_anything_happens()
    {
        SessionResult result = Run("try { Resume-LabStack -ProjectName fake -Context $one, nosuch } catch { $_.FullyQualifiedErrorId }");

        Assert.Equal("ContextNotFound,ComposeLab.Commands.ResumeLabStackCommand", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void A_command_with_one_terminal_or_file_takes_one_engine() => Assert.Equal(
        ["ParameterConflict,ComposeLab.Commands.CopyLabItemCommand"],
        Texts("try { Copy-LabItem web:/x ./ -ProjectName fake -Context $one, $two } catch { $_.FullyQualifiedErrorId }"));

    [Fact]
    public void After_an_error_with_StopOnError_no_engine_that_waits_for_its_turn_is_changed()
    {
        SessionResult result = Run("Restart-LabStack -ProjectName fake -TimeoutSec 5 -Context $one, $two -ThrottleLimit 1 -StopOnError -ErrorAction SilentlyContinue");

        // The engines cannot start a container: one fails, and the other one is not tried.
        Assert.Equal(2, result.Output.Select(item => item.BaseObject).OfType<LabEngineResult>().Count(engine => !engine.Succeeded));
        Assert.Single(result.Output.Select(item => item.BaseObject).OfType<LabEngineResult>(), engine => engine.ErrorId == "FleetStopped");
    }

    private string[] Texts(string script) => [.. Run(script).Output.Select(item => item.ToString())];

    private SessionResult Run(string script) => _session.Run($"param($one, $two, $dead) {script}", _one.Host, _two.Host, Dead);
}
