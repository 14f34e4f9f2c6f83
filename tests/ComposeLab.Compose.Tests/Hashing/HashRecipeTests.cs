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
    [InlineData("5.0.0", "5.5.0", false)]
    [InlineData("2.40.3", "2.40.3-ds1", false)]
    [InlineData("2.40.3", "v2.40.3", false)]
    [InlineData("5.5.0", "no version", false)]
    public void The_recipe_changed_between_these_versions_and_no_others(string one, string other, bool changed)
    {
        ComposeProject project = Load();

        string first = Hash(project, one);
        string second = Hash(project, other);

        Assert.Equal(changed, first != second);
    }

    [Fact]
    public void New_containers_use_the_newest_recipe()
    {
        ComposeProject project = Load();

        Assert.Equal(Hash(project, "5.5.0"), ConfigHash.ForService(project.Services["api"]));
    }

    [Theory]
    [InlineData("2.26.1")]
    [InlineData("2.30.3")]
    [InlineData("2.33.1")]
    [InlineData("2.40.3")]
    [InlineData("5.5.0")]
    public void A_container_of_an_earlier_release_counts_as_unchanged(string version)
    {
        ComposeProject project = Load();

        Assert.Contains(Hash(project, version), ConfigHash.Accepted(project.Services["api"]));
    }

    [Theory]
    [InlineData("./data:/data", true, "{\"create_host_path\":true}", "{}")]
    [InlineData("{type: bind, source: ./data, target: /data, bind: {}}", true, "{}", "{}")]
    [InlineData("{type: bind, source: ./data, target: /data, bind: {create_host_path: true}}", true, "{\"create_host_path\":true}", "{}")]
    [InlineData("{type: bind, source: ./data, target: /data, bind: {create_host_path: false}}", false, "{}", "{\"create_host_path\":false}")]
    public void A_bind_mount_is_hashed_like_by_the_version_that_created_it(string mount, bool creates, string before, string now)
    {
        ServiceDefinition service = Load($"services: {{api: {{image: api, volumes: [{(mount[0] == '{' ? mount : $"\"{mount}\"")}]}}}}").Services["api"];

        Assert.Equal(creates, service.Volumes[0].Bind!.CreateHostPath);
        Assert.Contains($"\"bind\":{now}", ConfigHash.HashedText(service), StringComparison.Ordinal);
        Assert.Contains(ConfigHash.HashedTexts(service), text => text.Contains($"\"bind\":{before}", StringComparison.Ordinal));
    }

    // What 'docker compose config --hash' of these releases prints for this file, anywhere.
    [Theory]
    [InlineData("2.26.1", "9d17b6d8ceb0476de4268c7cd7d4bff3d3c8329aaea2ca893e8ff98a28185814")]
    [InlineData("2.40.3", "4ab9016489c73623fbb18909774d688eaca5ec271026c35217432139e66f33fa")]
    public void A_hash_that_a_release_of_docker_compose_has_computed_is_accepted(string version, string hash)
    {
        ComposeProject project = Load("""
            name: lab
            services:
              api:
                image: api
                depends_on: [db]
                profiles: [""]
                secrets: [{ source: key, mode: 0400 }]
                networks: { default: { aliases: [web], priority: 3 } }
                volumes: ["/data:/data", { type: bind, source: /long, target: /long, bind: {} }]
                deploy: { replicas: 2, labels: { a: b } }
              db: { image: db }
            secrets: { key: { file: /key } }
            """);

        Assert.Equal(hash, Hash(project, version));
        Assert.Contains(hash, ConfigHash.Accepted(project.Services["api"]));
        Assert.Equal("ac877af033022d998a9d31761708628841ef768d3fe5edb46b46c07ae1052339", ConfigHash.ForService(project.Services["db"]));
    }

    private static string Hash(ComposeProject project, string writer) => ConfigHash.Of(ConfigHash.HashedText(project.Services["api"], HashRecipe.Of(writer)));

    private static ComposeProject Load(string yaml = Yaml)
    {
        string directory = Directory.CreateTempSubdirectory("composelab-hash-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "compose.yaml"), yaml);
            return ComposeLoader.Load(
                new ComposeRequest { WorkingDirectory = directory, ProjectName = "lab", ComposeProfiles = ["all", ""] }, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
