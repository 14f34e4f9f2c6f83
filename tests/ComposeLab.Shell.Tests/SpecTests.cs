namespace ComposeLab.Shell.Tests;

public sealed class SpecTests : IDisposable
{
    private readonly ShellProcess _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Describe d { It t { 1 | Should -Be 1 } }", "1 passed, 0 failed, 0 skipped", 0)]
    [InlineData("Describe d { It t { 1 | Should -Be 2 } }", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("Describe d { BeforeAll { throw 'x' }; It t { } ; It u { } }", "0 passed, 2 failed, 0 skipped", 1)]
    [InlineData("Describe d { AfterAll { throw 'x' }; It t { } }", "1 passed, 1 failed, 0 skipped", 1)]
    [InlineData("Describe d { BeforeEach { throw 'x' }; It t { } }", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("Describe d { }", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("'nothing'", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("throw 'x'", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("Describe d { It t { } ; throw 'x' }", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("It t { }", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("Describe d { It t { Mock Get-Date { } } }", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("Describe d { It t { 1 | Should -BeSomething 1 } }", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("Describe d { BeforeAll { }; BeforeAll { }; It t { } }", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData("Describe d { It t -Skip { throw 'x' } ; It u { Set-ItResult -Skipped -Because y } ; It v { } }", "1 passed, 0 failed, 2 skipped", 0)]
    [InlineData("Describe d -Skip { BeforeAll { throw 'x' } ; It t { } }", "0 passed, 0 failed, 1 skipped", 0)]
    [InlineData("Describe d { It t -ForEach @() { } ; It u { } }", "1 passed, 0 failed, 0 skipped", 0)]
    public void A_run_counts_and_ends_as_Pester_does(string spec, string lastLine, int code)
    {
        var run = _shell.RunSpec(spec);
        Assert.Equal(lastLine, run.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(code, run.Code);
    }

    [Fact]
    public void Scopes_nest_as_in_Pester()
    {
        var run = _shell.RunSpec("""
            BeforeAll { $file = 'f' }
            Describe outer {
                BeforeAll { $a = 1 }
                BeforeEach { $each = "$file$a" }
                It 'sees BeforeAll and BeforeEach' { $each | Should -Be 'f1'; $a = 5 }
                It 'does not see what another test changed' { $a | Should -Be 1 }
                AfterEach { if (-not $each) { throw 'no scope' } }
                Context inner {
                    BeforeAll { $a = 2 }
                    It 'sees the inner value' { $each | Should -Be 'f2' }
                }
                It 'does not see the inner value' { $a | Should -Be 1 }
            }
            """);
        Assert.Equal("4 passed, 0 failed, 0 skipped", run.Output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void Rows_become_variables_and_names()
    {
        var run = _shell.RunSpec("""
            Describe 'row <n>' -ForEach @{ n = 1; u = @{ name = 'x' } }, @{ n = 2; u = @{ name = 'y' } } {
                It 'has <u.name> and <_>' -ForEach 'p', 'q' { "$n$_" | Should -Be 'never' }
            }
            """);
        foreach (var name in new[] { "row 1.has x and p", "row 1.has x and q", "row 2.has y and p", "row 2.has y and q" })
        {
            Assert.Contains($"[-] {name}\n", run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("'A' | Should -Be 'a'")]
    [InlineData("'A' | Should -Not -BeExactly 'a'")]
    [InlineData("1, 2 | Should -Be 1, 2")]
    [InlineData("1, 2, 3 | Should -BeGreaterThan 0")]
    [InlineData("@() | Should -BeNullOrEmpty; $null | Should -BeNullOrEmpty; @{} | Should -BeNullOrEmpty")]
    [InlineData("1, 2 | Should -HaveCount 2; @() | Should -HaveCount 0")]
    [InlineData("1, 2 | Should -Contain 2; 2 | Should -BeIn 1, 2")]
    [InlineData("'abc' | Should -Match 'B'; 'abc' | Should -Not -MatchExactly 'B'; 'abc' | Should -BeLike 'a*'")]
    [InlineData("1L | Should -BeOfType [long]; 1L | Should -BeOfType ([long]); 'x' | Should -Not -BeOfType int")]
    [InlineData("{ throw 'my words' } | Should -Throw '*words*'")]
    [InlineData("{ Write-Error x -ErrorId Mine -ErrorAction Stop } | Should -Throw -ErrorId 'Mine*'")]
    [InlineData("$e = { [int]::Parse('x') } | Should -Throw -PassThru; $e.Exception | Should -BeOfType ([Management.Automation.MethodInvocationException])")]
    [InlineData("{ 1 } | Should -Not -Throw; { { 1 } | Should -Throw } | Should -Throw")]
    [InlineData("$TestDrive | Should -Exist; 'ab' > TestDrive:/f; 'TestDrive:/f' | Should -FileContentMatch 'B'")]
    [InlineData("$true | Should -BeTrue; 0 | Should -BeFalse; 2 | Should -BeLessOrEqual 2; 1 | Should -BeLessThan 2 -Because 'x'")]
    public void An_operator_holds_as_in_Pester(string code)
    {
        var run = _shell.RunSpec($"Describe d {{ It t {{ {code} }} }}");
        Assert.True(run.Code == 0, run.Output + run.Error);
    }

    [Theory]
    [InlineData("1, 2, 0 | Should -BeGreaterThan 0")]
    [InlineData("{ Write-Error x -ErrorId Mine -ErrorAction Stop } | Should -Throw -ErrorId 'Mine'")]
    [InlineData("1 | Should -Throw")]
    [InlineData("1, 2 | Should -Be 2, 1")]
    [InlineData("'x' | Should -BeOfType [int]")]
    public void An_operator_fails_as_in_Pester(string code) =>
        Assert.Equal(1, _shell.RunSpec($"Describe d {{ It t {{ {code} }} }}").Code);
}
