using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;

namespace ComposeLab.Compose.Tests.Secrets;

public sealed class SecretsInErrorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-secret-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cpus: ${DB_PASSWORD}")]
    [InlineData("pull_policy: ${DB_PASSWORD}")]
    [InlineData("mem_limit: ${DB_PASSWORD}")]
    [InlineData("ports: [\"${DB_PASSWORD}:80\"]")]
    [InlineData("volumes: [\"data:/b:c:${DB_PASSWORD}\"]")]
    [InlineData("networks: [\"${DB_PASSWORD}\"]")]
    [InlineData("depends_on: [\"${DB_PASSWORD}\"]")]
    [InlineData("command: server --password hunter2 'open")]
    [InlineData("environment: [\"DB_PASSWORD =hunter2\"]")]
    [InlineData("environment: {DB_PASSWORD: !!int hunter2}")]
    [InlineData("environment: {DB_PASSWORD: [hunter2]}")]
    [InlineData("image: ${X:?DB_PASSWORD=hunter2}")]
    [InlineData("healthcheck: {test: [\"DB_PASSWORD=hunter2\"]}")]
    public void No_error_shows_a_secret(string attribute)
    {
        File.WriteAllText(Path.Combine(_folder, ".env"), "DB_PASSWORD=hunter2\n");
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), $"services:\n  a:\n    image: i\n    {attribute}\n".Replace("image: i\n    image:", "image:", StringComparison.Ordinal));

        var fault = Assert.Throws<ComposeException>(() => ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder }, CancellationToken.None));

        Assert.DoesNotContain("hunter2", fault.Message + fault.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KEY=\"begin\nof hunter2\n", "a quoted value that is left open")]
    [InlineData("KEY=begin\nof hunter2\n", "a name with a space")]
    [InlineData("KEY=${hunter2\n", "an expression that is left open")]
    public void No_error_shows_the_content_of_an_env_file(string text, string what)
    {
        File.WriteAllText(Path.Combine(_folder, ".env"), text);
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), "services: {a: {image: i}}\n");

        var fault = Assert.Throws<ComposeException>(() => ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder }, CancellationToken.None));

        Assert.Equal(ComposeErrorId.EnvFileInvalid, fault.Id);
        Assert.False((fault.Message + fault.Recommendation + fault.LineText).Contains("hunter2", StringComparison.Ordinal), what);
    }
}
