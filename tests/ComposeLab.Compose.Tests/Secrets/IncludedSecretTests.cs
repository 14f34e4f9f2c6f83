using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;

namespace ComposeLab.Compose.Tests.Secrets;

/// <summary>Secrets whose value is in an env file of an included project.</summary>
public sealed class IncludedSecretTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-included-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "from-the-include")]
    [InlineData("from-the-project", "from-the-project")]
    public void Its_content_is_known_and_the_projects_own_variable_takes_precedence(string own, string content)
    {
        ComposeProject project = Load(own);

        Assert.Equal(content, project.Secrets["token"].Content);
    }

    [Fact]
    public void Its_value_is_masked_where_it_was_interpolated()
    {
        ComposeProject project = Load("");

        Assert.Equal("from-the-include", project.Services["web"].Command![1]);
        Assert.DoesNotContain("from-the-include", KnownSecrets.MaskOf(project).MaskText("serve from-the-include"), StringComparison.Ordinal);
    }

    private ComposeProject Load(string own)
    {
        Write("part/secret.env", "API_TOKEN=from-the-include\n");
        Write("part/compose.yaml", "services: { web: { image: a, command: [serve, '${API_TOKEN}'], secrets: [token] } }\nsecrets: { token: { environment: API_TOKEN } }\n");
        Write("compose.yaml", "include: [{ path: part/compose.yaml, env_file: part/secret.env }]\n");
        if (own.Length > 0)
        {
            Write(".env", $"API_TOKEN={own}\n");
        }

        return ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder, ProjectName = "p", Environment = new Dictionary<string, string>() }, CancellationToken.None);
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
