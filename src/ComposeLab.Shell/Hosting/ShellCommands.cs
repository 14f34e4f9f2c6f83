using System.Management.Automation.Runspaces;
using ComposeLab.Shell.Commands.Data;
using ComposeLab.Shell.Commands.Items;
using ComposeLab.Shell.Commands.Machine;
using ComposeLab.Shell.Commands.Objects;
using ComposeLab.Shell.Commands.Output;
using ComposeLab.Shell.Commands.Streams;
using ComposeLab.Shell.Commands.Variables;

namespace ComposeLab.Shell.Hosting;

/// <summary>The cmdlets of this shell, named here so that no session has to look through every type for them; a test keeps the table whole.</summary>
internal static class ShellCommands
{
    /// <summary>New entries for a session's initial state.</summary>
    public static SessionStateCmdletEntry[] Entries() =>
    [
        new("ConvertFrom-Csv", typeof(ConvertFromCsvCommand), null),
        new("ConvertFrom-Json", typeof(ConvertFromJsonCommand), null),
        new("ConvertTo-Csv", typeof(ConvertToCsvCommand), null),
        new("ConvertTo-Json", typeof(ConvertToJsonCommand), null),
        new("Export-Csv", typeof(ExportCsvCommand), null),
        new("Import-Csv", typeof(ImportCsvCommand), null),
        new("Import-PowerShellDataFile", typeof(ImportPowerShellDataFileCommand), null),
        new("Select-String", typeof(SelectStringCommand), null),
        new("Add-Content", typeof(AddContentCommand), null),
        new("Clear-Content", typeof(ClearContentCommand), null),
        new("Convert-Path", typeof(ConvertPathCommand), null),
        new("Copy-Item", typeof(CopyItemCommand), null),
        new("Get-ChildItem", typeof(GetChildItemCommand), null),
        new("Get-Content", typeof(GetContentCommand), null),
        new("Get-Item", typeof(GetItemCommand), null),
        new("Get-Location", typeof(GetLocationCommand), null),
        new("Join-Path", typeof(JoinPathCommand), null),
        new("Move-Item", typeof(MoveItemCommand), null),
        new("New-Item", typeof(NewItemCommand), null),
        new("Pop-Location", typeof(PopLocationCommand), null),
        new("Push-Location", typeof(PushLocationCommand), null),
        new("Remove-Item", typeof(RemoveItemCommand), null),
        new("Rename-Item", typeof(RenameItemCommand), null),
        new("Resolve-Path", typeof(ResolvePathCommand), null),
        new("Set-Content", typeof(SetContentCommand), null),
        new("Set-Location", typeof(SetLocationCommand), null),
        new("Split-Path", typeof(SplitPathCommand), null),
        new("Test-Path", typeof(TestPathCommand), null),
        new("Add-Type", typeof(AddTypeCommand), null),
        new("Get-Date", typeof(GetDateCommand), null),
        new("Get-Random", typeof(GetRandomCommand), null),
        new("Invoke-Expression", typeof(InvokeExpressionCommand), null),
        new("Invoke-RestMethod", typeof(InvokeRestMethodCommand), null),
        new("Invoke-WebRequest", typeof(InvokeWebRequestCommand), null),
        new("Measure-Command", typeof(MeasureCommandCommand), null),
        new("New-Guid", typeof(NewGuidCommand), null),
        new("New-TemporaryFile", typeof(NewTemporaryFileCommand), null),
        new("Start-Sleep", typeof(StartSleepCommand), null),
        new("Add-Member", typeof(AddMemberCommand), null),
        new("Compare-Object", typeof(CompareObjectCommand), null),
        new("Get-Member", typeof(GetMemberCommand), null),
        new("Group-Object", typeof(GroupObjectCommand), null),
        new("Measure-Object", typeof(MeasureObjectCommand), null),
        new("New-Object", typeof(NewObjectCommand), null),
        new("Select-Object", typeof(SelectObjectCommand), null),
        new("Sort-Object", typeof(SortObjectCommand), null),
        new("Format-List", typeof(FormatListCommand), null),
        new("Format-Table", typeof(FormatTableCommand), null),
        new("Out-File", typeof(OutFileCommand), null),
        new("Out-String", typeof(OutStringCommand), null),
        new("Tee-Object", typeof(TeeObjectCommand), null),
        new("Read-Host", typeof(ReadHostCommand), null),
        new("Write-Debug", typeof(WriteDebugCommand), null),
        new("Write-Error", typeof(WriteErrorCommand), null),
        new("Write-Host", typeof(WriteHostCommand), null),
        new("Write-Information", typeof(WriteInformationCommand), null),
        new("Write-Output", typeof(WriteOutputCommand), null),
        new("Write-Progress", typeof(WriteProgressCommand), null),
        new("Write-Verbose", typeof(WriteVerboseCommand), null),
        new("Write-Warning", typeof(WriteWarningCommand), null),
        new("Get-Variable", typeof(GetVariableCommand), null),
        new("New-Variable", typeof(NewVariableCommand), null),
        new("Remove-Variable", typeof(RemoveVariableCommand), null),
        new("Set-Variable", typeof(SetVariableCommand), null),
    ];
}
