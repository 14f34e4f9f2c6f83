namespace ComposeLab.Shell.Tests;

/// <summary>A session reads its types, views and drives in an order of its own; what it has then is what PowerShell has.</summary>
public sealed class SessionTests : IDisposable
{
    private const string FolderView = "LastWriteTime";

    private readonly ShellProcess _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_session_without_a_module_has_types_and_views()
    {
        var run = _shell.RunScript("([IO.FileInfo]'/a/b.txt').BaseName; Get-Item /");

        Assert.Contains(FolderView, run.Output, StringComparison.Ordinal);
        Assert.StartsWith("b\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_without_views_leaves_those_of_the_engine()
    {
        var run = _shell.RunScriptWith(_shell.Write("m.psm1", "function Get-One { 1 }"), "Get-One; Get-Item /");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains(FolderView, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_adds_members_and_views_to_those_of_the_engine()
    {
        _shell.Write("m.Types.ps1xml", "<Types><Type><Name>System.String</Name><Members><ScriptProperty><Name>Twice</Name><GetScriptBlock>\"$this$this\"</GetScriptBlock></ScriptProperty></Members></Type></Types>");
        _shell.Write("m.Format.ps1xml", """
            <Configuration><ViewDefinitions><View><Name>v</Name><ViewSelectedBy><TypeName>System.Text.StringBuilder</TypeName></ViewSelectedBy>
            <ListControl><ListEntries><ListEntry><ListItems><ListItem><Label>Seen</Label><PropertyName>Length</PropertyName></ListItem></ListItems></ListEntry></ListEntries></ListControl>
            </View></ViewDefinitions></Configuration>
            """);
        var manifest = _shell.Write("m.psd1", "@{ ModuleVersion = '1.0'; TypesToProcess = 'm.Types.ps1xml'; FormatsToProcess = 'm.Format.ps1xml' }");

        var run = _shell.RunScriptWith(manifest, "'ab'.Twice; [Text.StringBuilder]::new('abc'); @(1, 2).Count; Get-Item /");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("abab\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Seen : 3", run.Output, StringComparison.Ordinal);
        Assert.Contains(FolderView, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_that_fails_is_shown_as_an_error()
    {
        var run = _shell.RunScriptWith("/nowhere/m.psd1", "'not reached'");

        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.StartsWith("Import-Module: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("FullyQualifiedErrorId", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_drives_last_so_that_no_path_reads_the_table_of_mounts_again()
    {
        var run = _shell.RunScript("foreach ($drive in $ExecutionContext.SessionState.Drive.GetAllForProvider('FileSystem')) { [psobject].Assembly.GetType('System.Management.Automation.PSDriveInfo').GetProperty('IsAutoMounted', [Reflection.BindingFlags]'NonPublic,Instance').GetValue($drive) }");

        Assert.Contains("False", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("True", run.Output, StringComparison.Ordinal);
    }
}
