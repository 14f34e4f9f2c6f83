using System.Management.Automation;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Stacks;

[Collection(ProcessEnvironmentCollection.Name)]
public sealed class EngineFaultTests : IDisposable
{
    private const string Project = "name: nothing\nservices: { web: { image: none } }\n";

    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Start-LabStack -Path $project")]
    [InlineData("Stop-LabStack -ProjectName nothing")]
    [InlineData("Get-LabStack")]
    [InlineData("Get-LabLog -ProjectName nothing")]
    public void An_engine_that_is_too_old_is_reported_with_both_versions(string command)
    {
        using var engine = new OldEngine("19.03.1", "1.40");

        SessionResult result = Run(engine.Host, command);

        Assert.Equal("EngineTooOld", result.ErrorId);
        Assert.Equal(ErrorCategory.NotImplemented, result.Error!.CategoryInfo.Category);
        Assert.Contains("1.40", result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("1.41", result.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-LabStack -Path $project")]
    [InlineData("Remove-LabStack -ProjectName nothing")]
    [InlineData("Get-LabService -ProjectName nothing")]
    [InlineData("Invoke-LabCommand web true -ProjectName nothing")]
    public void A_missing_engine_is_unreachable(string command)
    {
        SessionResult result = Run("unix://" + _folder.At("no.sock"), command);

        Assert.Equal("EngineUnreachable", result.ErrorId);
        Assert.Equal(ErrorCategory.ConnectionError, result.Error!.CategoryInfo.Category);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_command_that_needs_no_engine_works_with_an_address_that_is_not_valid() =>
        Assert.Equal("shown", Assert.Single(Run("gopher://x", "if (Show-MergedConfig -Path $project) { 'shown' }").Output).ToString());

    private SessionResult Run(string host, string command)
    {
        _folder.Write("compose.yaml", Project);
        string? before = Environment.GetEnvironmentVariable("DOCKER_HOST");
        Environment.SetEnvironmentVariable("DOCKER_HOST", host);
        try
        {
            return _session.Run($"param($project) {command}", _folder.Path);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_HOST", before);
        }
    }
}
