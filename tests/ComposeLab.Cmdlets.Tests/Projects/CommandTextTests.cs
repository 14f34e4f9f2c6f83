using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Projects;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("Get-LabLog db", "Get-LabLog db -Profile Prod -Path '/my shop'")]
    [InlineData("Invoke-LabCommand db -- psql -c 'SELECT 1'", "Invoke-LabCommand db -Profile Prod -Path '/my shop' -- psql -c 'SELECT 1'")]
    public void A_command_has_the_project_parameters_before_the_arguments_it_passes_on(string command, string typed) =>
        Assert.Equal(typed, new CommandText(Selection() with { Profile = "Prod", Path = "/my shop" }).Of(command));

    [Fact]
    public void The_bundled_lab_needs_no_parameters() => Assert.Equal("Test-LabDb", new CommandText(Selection()).Of("Test-LabDb"));

    private static ProjectSelection Selection() => new() { Location = "/", Environment = new Dictionary<string, string>() };
}
