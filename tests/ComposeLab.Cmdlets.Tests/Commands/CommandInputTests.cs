using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class CommandInputTests : IDisposable
{
    private readonly TestSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("[pscustomobject]@{ a = 1 }")]
    [InlineData("@{ a = 1 }")]
    [InlineData("[object]::new()")]
    [InlineData(", @('text', @{ a = 1 })")]
    public void An_object_that_cannot_be_converted_to_text_is_rejected_before_anything_runs(string input)
    {
        SessionResult result = _session.Run($"{input} | Invoke-LabCommand db -ProjectName no-such-stack -Command cat");

        Assert.Equal("InputNotText", result.ErrorId);
        Assert.Equal(ErrorCategory.InvalidType, result.Error!.CategoryInfo.Category);
    }

    [Trait("Needs", "Engine")]
    [Theory]
    [InlineData("'text', '', $null, 1, 2.5, $true, [DayOfWeek]::Monday")]
    [InlineData("[IO.FileInfo]'/tmp/a', [guid]::Empty, [uri]'http://localhost', [version]'1.2', [datetime]'2026-01-01', [timespan]'0:1:0'")]
    [InlineData("[byte[]](1, 2), [byte]3, [char]'c'")]
    public void Text_numbers_paths_and_bytes_are_accepted(string input) =>
        Assert.Equal("StackNotRunning", _session.Run($"{input} | Invoke-LabCommand db -ProjectName no-such-stack -Command cat").ErrorId);
}
