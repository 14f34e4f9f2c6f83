namespace ComposeLab.Shell.Tests;

public sealed class ScriptTests : IDisposable
{
    private readonly ShellProcess _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit", 0)]
    [InlineData("'fine'", 0)]
    [InlineData("throw 'no'", 1)]
    [InlineData("& /bin/sh -c 'exit 7'", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; Write-Error 'no'", 1)]
    public void A_script_decides_the_exit_code(string script, int expected) =>
        Assert.Equal(expected, _shell.RunScript(script).Code);

    [Fact]
    public void An_uncaught_throw_is_shown_on_standard_error_with_its_place()
    {
        var run = _shell.RunScript("throw 'it broke'");
        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains("it broke", run.Error, StringComparison.Ordinal);
        Assert.Contains("script.ps1:1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_bind_by_name_and_by_position()
    {
        var script = "param([string]$Name, [switch]$Force, [string]$Rest) \"$Name $Force $Rest\"";
        Assert.Equal("lab True last\n", _shell.RunScript(script, "-Name", "lab", "-Force", "last").Output);
    }

    [Fact]
    public void Redirected_output_holds_no_colour()
    {
        var run = _shell.RunScript("Get-Item / | Format-List Name; Write-Warning w; Write-Host h -ForegroundColor Red; Write-Error e");
        Assert.DoesNotContain('\e', run.Output + run.Error);
        Assert.Contains("WARNING: w", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_goes_to_the_error_stream_with_its_line()
    {
        var run = _shell.RunScript("Write-Error 'it broke'");
        Assert.Contains("it broke", run.Error, StringComparison.Ordinal);
        Assert.Contains("script.ps1:1", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("it broke", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_silent_when_redirected()
    {
        var run = _shell.RunScript("Write-Progress -Activity 'busy' -Status 'very'; 'done'");
        Assert.Equal("done\n", run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("1..5 | Select-Object -First 2 | ForEach-Object { $_ * 2 }", "2\n4\n")]
    [InlineData("3, 1, 2 | Sort-Object -Descending", "3\n2\n1\n")]
    [InlineData("('a', 'b', 'a' | Group-Object | Where-Object Name -eq 'a').Count", "2\n")]
    [InlineData("(1..4 | Measure-Object -Sum).Sum", "10\n")]
    [InlineData("[pscustomobject]@{ a = 1; b = 'x' } | ConvertTo-Json -Compress", "{\"a\":1,\"b\":\"x\"}\n")]
    [InlineData("('{\"a\":[1,2]}' | ConvertFrom-Json).a.Count", "2\n")]
    [InlineData("([pscustomobject]@{ a = 1 } | Format-Table | Out-String).Trim()", "a\n-\n1\n")]
    [InlineData("'text' > ($f = New-TemporaryFile); Get-Content $f; Remove-Item $f; Test-Path $f", "text\nFalse\n")]
    [InlineData("Split-Path (Join-Path a b c) -Leaf", "c\n")]
    [InlineData("[pscustomobject]@{ a = 'q\"t' } | ConvertTo-Csv | ConvertFrom-Csv | ForEach-Object a", "q\"t\n")]
    public void The_cmdlets_that_the_bare_engine_lacks_work_as_known(string script, string expected) =>
        Assert.Equal(expected, _shell.RunScript(script).Output);

    [Fact]
    public void An_unknown_parameter_fails()
    {
        var run = _shell.RunScript("try { 1 | Select-Object -Sideways } catch { $_.FullyQualifiedErrorId }");
        Assert.StartsWith("NamedParameterNotFound", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_without_anyone_to_answer_is_an_error_and_changes_nothing()
    {
        var run = _shell.RunScript("""
            function Do-It { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() if ($PSCmdlet.ShouldProcess('x')) { 'done' } }
            $ErrorActionPreference = 'Stop'
            Do-It
            """);
        Assert.Equal(1, run.Code);
        Assert.DoesNotContain("done", run.Output, StringComparison.Ordinal);
    }
}
