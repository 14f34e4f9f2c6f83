using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class MaskedValueTests : IDisposable
{
    private const string Secret = "Zx81-canary";

    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public MaskedValueTests()
    {
        _folder.Write(".env", $"REDIS_PASSWORD={Secret}\nPOSTGRES_PASSWORD=postgres\nPOSTGRES_USER=postgres\n");
        _folder.Write(
            "compose.yaml",
            "services:\n  cache:\n    image: redis:7\n    command: redis-server --save 60 1 --note ${REDIS_PASSWORD}\n    environment: { CACHE: \"redis ${REDIS_PASSWORD} now\" }\n"
            + "    labels: { a: \"${REDIS_PASSWORD}\" }\n  db:\n    image: postgres:16\n    environment: { POSTGRES_PASSWORD: \"${POSTGRES_PASSWORD}\" }\n");
        _folder.Write("compose.dev.yaml", "services: { cache: { environment: { CACHE: \"dev ${REDIS_PASSWORD}\" } } }\n");
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Show-MergedConfig -Path $p")]
    [InlineData("Show-MergedConfig -Path $p -Origin")]
    [InlineData("Show-MergedConfig -Path $p -Format Json")]
    [InlineData("Show-MergedConfig -Path $p -AsObject | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 5) }")]
    [InlineData("Compare-LabConfig '' Dev -Path $p | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 5) }")]
    [InlineData("Get-LabVariable -Path $p | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 5) }")]
    [InlineData("Test-LabConfig -Path $p | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 5) }")]
    public void The_value_of_a_secret_variable_is_masked_everywhere(string command) =>
        Assert.DoesNotContain(Secret, Text(command), StringComparison.Ordinal);

    [Fact]
    public void A_password_that_is_an_ordinary_word_of_the_project_does_not_mask_that_word() =>
        Assert.Contains("image: postgres:16", Text("Show-MergedConfig -Path $p"), StringComparison.Ordinal);

    [Fact]
    public void ShowSecret_shows_the_value() => Assert.Contains(Secret, Text("Show-MergedConfig -Path $p -ShowSecret"), StringComparison.Ordinal);

    private string Text(string command) => string.Join('\n', _session.Run($"param($p) {command}", _folder.Path).Good());
}
