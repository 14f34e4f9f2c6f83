using ComposeLab.Feedback;

namespace ComposeLab.Cmdlets.Tests.Feedback;

/// <summary>The commands in the recommendations of errors.</summary>
public sealed class RecommendedCommandsTests
{
    [Theory]
    [InlineData("Start-LabStack -Path ./shop", "Start-LabStack -Path ./shop")]
    [InlineData("Start the stack: Start-LabStack -Path './a or b' or -ProjectName NAME", "Start-LabStack -Path './a or b'")]
    [InlineData("Remove the other stack: Remove-LabStack -ProjectName shop or -ProjectName 'a b'", "Remove-LabStack -ProjectName shop")]
    [InlineData("Run Get-LabService -Path ./shop to list the services", "Get-LabService -Path ./shop")]
    [InlineData("Run Get-LabTask to list the services", "Get-LabTask")]
    [InlineData("Get-LabLog db -Tail 50 shows what the server reports; Test-LabDbBackup './x: y.dump' tests the backup", "Get-LabLog db -Tail 50", "Test-LabDbBackup './x: y.dump'")]
    [InlineData("Use New-LabEnvFile -Force to overwrite it", "New-LabEnvFile -Force")]
    [InlineData("First: Stop-LabStack web\nThen: Start-LabStack web", "Stop-LabStack web", "Start-LabStack web")]
    [InlineData("Invoke-LabCommand db -Path ./shop -- pg_isready -U lab", "Invoke-LabCommand db -Path ./shop -- pg_isready -U lab")]
    [InlineData("Get-LabStack shop | ForEach-Object { Start-LabStack -File $_.ConfigFiles }", "Get-LabStack shop | ForEach-Object { Start-LabStack -File $_.ConfigFiles }")]
    [InlineData("docker pull postgres:16-alpine", "docker pull postgres:16-alpine")]
    [InlineData("Change the version, then: Start-LabStack.", "Start-LabStack")]
    public void The_commands_of_a_recommendation_are_found(string recommendation, params string[] commands) => Assert.Equal(commands, RecommendedCommands.Of(recommendation));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Raise -TimeoutSec")]
    [InlineData("Start-LabStack -ProjectName NAME")]
    [InlineData("Put -- before the command: Invoke-LabCommand web -- ls -l ...")]
    [InlineData("Run it at the prompt of a terminal, or use Invoke-LabCommand")]
    [InlineData("Stop the container 'x: Remove-LabStack -RemoveVolume")]
    [InlineData("Rename 'Remove-LabStack -RemoveVolume'")]
    public void A_recommendation_without_a_complete_command_has_none(string? recommendation) => Assert.Empty(RecommendedCommands.Of(recommendation));
}
