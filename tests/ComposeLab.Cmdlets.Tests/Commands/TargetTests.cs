using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class TargetTests : IDisposable
{
    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public TargetTests()
    {
        _folder.Write("compose.yaml", "name: shop\nservices: { web: { image: 'web:${TAG:-1}', privileged: true } }\n");
        _folder.Write("compose.prod.yaml", "services: { web: { image: 'web:prod' } }\n");
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("(Show-MergedConfig -AsObject).name")]
    [InlineData("(Get-LabVariable).Name")]
    [InlineData("(Test-LabConfig)[0].ProjectName")]
    [InlineData("(Compare-LabConfig '' Prod).Service")]
    public void The_project_of_the_current_location_is_selected(string command)
    {
        SessionResult result = _session.Run($"param($folder) $null = $ExecutionContext.SessionState.Path.SetLocation($folder); {command}", _folder.Path);

        Assert.Contains(Assert.Single(result.Good()).ToString(), (string[])["shop", "TAG", "web"]);
    }

    [Fact]
    public void The_bundled_lab_is_selected_without_a_project_or_explicitly()
    {
        string elsewhere = Directory.CreateTempSubdirectory("composelab-none-").FullName;
        try
        {
            Assert.Equal(["composelab"], _session.Run("param($folder) $null = $ExecutionContext.SessionState.Path.SetLocation($folder); (Show-MergedConfig -NoInterpolate -AsObject).name", elsewhere).Good());
            Assert.Equal(["composelab"], _session.Run("param($folder) $null = $ExecutionContext.SessionState.Path.SetLocation($folder); (Show-MergedConfig -NoInterpolate -AsObject -BundledLab).name", _folder.Path).Good());
        }
        finally
        {
            Directory.Delete(elsewhere);
        }
    }

    [Theory]
    [InlineData("(Show-MergedConfig -AsObject).services.web.image", "web:prod")]
    [InlineData("(Get-LabVariable).Name", "TAG")]
    [InlineData("(Test-LabConfig)[0].ProjectName", "shop")]
    [InlineData("(Compare-LabConfig '' Prod).Service", "web")]
    public void A_stack_from_the_pipeline_uses_its_own_files_and_profile(string command, string expected)
    {
        SessionResult result = _session.Run($"param($folder) ({Stack} | {command[1..]}", _folder.Path);

        Assert.Equal([expected], result.Good());
    }

    [Fact]
    public void A_specified_path_takes_precedence_over_the_files_of_a_stack()
    {
        using var other = new TemporaryFolder();
        other.Write("compose.yaml", "services: { web: { image: other } }\n");

        SessionResult result = _session.Run($"param($folder, $path) ({Stack} | Show-MergedConfig -AsObject -Path $path).services.web.image", _folder.Path, other.Path);

        Assert.Equal(["other"], result.Good());
    }

    [Theory]
    [InlineData("-Profile ''")]
    [InlineData("-Profile $null")]
    [InlineData("-Profile $missing")]
    public void An_empty_profile_is_the_same_as_no_profile(string profile) =>
        Assert.Equal(["web:1"], _session.Run($"param($folder) (Show-MergedConfig -Path $folder -AsObject {profile}).services.web.image", _folder.Path).Good());

    [Fact]
    public void Several_project_names_for_one_command_are_a_clear_error()
    {
        SessionResult result = _session.Run("Stop-LabStack -ProjectName a, b");

        Assert.Equal("ParameterArgumentTransformationError", result.ErrorId);
        Assert.Contains("Expected one value, found 2: a, b.", result.Error!.Exception.Message, StringComparison.Ordinal);
    }

    private const string Stack =
        "[pscustomobject]@{ ProjectName = 'shop'; ProjectDirectory = $folder; ConfigFiles = @(\"$folder/compose.yaml\", \"$folder/compose.prod.yaml\") }";
}
