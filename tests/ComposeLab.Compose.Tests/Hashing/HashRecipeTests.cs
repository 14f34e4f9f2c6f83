using ComposeLab.Compose.Hashing;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Tests.Hashing;

public sealed class HashRecipeTests
{
    private const string Yaml = """
        services:
          api:
            image: api
            depends_on: [db]
            profiles: [all]
            secrets: [{ source: key, mode: 0400 }]
            networks: { default: { aliases: [web], priority: 3 } }
            volumes: ["./data:/data"]
          db: { image: db }
        secrets: { key: { file: ./key } }
        """;

    [Theory]
    [InlineData("2.29.2", "2.29.3", true)]
    [InlineData("2.30.3", "2.31.0", true)]
    [InlineData("2.33.1", "2.34.0", true)]
    [InlineData("2.35.1", "2.36.0", true)]
    [InlineData("2.40.3", "5.0.0", true)]
    [InlineData("2.26.1", "2.29.2", false)]
    [InlineData("2.36.0", "2.40.3", false)]
    [InlineData("2.40.3", "2.40.3-ds1", false)]
    [InlineData("2.40.3", "v2.40.3", false)]
    [InlineData("2.40.3", "no version", false)]
    public void The_recipe_changed_between_these_versions_and_no_others(string one, string other, bool changed)
    {
        ComposeProject project = Load();

        string first = ConfigHash.ForService(project, project.Services["api"], one);
        string second = ConfigHash.ForService(project, project.Services["api"], other);

        Assert.Equal(changed, first != second);
    }

    [Fact]
    public void What_is_written_is_the_reference_dialect()
    {
        ComposeProject project = Load();

        Assert.Equal(ConfigHash.ForService(project, project.Services["api"]), ConfigHash.ForService(project, project.Services["api"], "2.40.3"));
    }

    private static ComposeProject Load()
    {
        string directory = Directory.CreateTempSubdirectory("composelab-hash-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "compose.yaml"), Yaml);
            return ComposeLoader.Load(
                new ComposeRequest { WorkingDirectory = directory, ProjectName = "lab", ComposeProfiles = ["all"] }, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
