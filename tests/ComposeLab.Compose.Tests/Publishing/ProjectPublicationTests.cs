using System.Text;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Publishing;

namespace ComposeLab.Compose.Tests.Publishing;

public sealed class ProjectPublicationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-publish-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_are_published_as_they_are_written()
    {
        const string Text = "# kept\nservices:\n  app:\n    image: ${IMAGE:-app:1} # kept, too\n    environment: { PASSWORD: \"${PASSWORD}\" }\n";

        ProjectPublication publication = Publish(Text);

        PublishedFile file = Assert.Single(publication.Files);
        Assert.Equal(("compose.yaml", PublishedFileKind.Compose, Text), (file.Name, file.Kind, TextOf(file)));
        Assert.Empty(publication.Risks);
    }

    [Fact]
    public void An_environment_file_is_a_risk_and_its_path_is_not_published()
    {
        Write("secret-folder/app.env", "A=1");
        const string Text = "services:\n  app: { image: app, env_file: [./secret-folder/app.env] }\n  other:\n    image: app\n    env_file:\n      - path: './missing.env'\n        required: false\n";

        ProjectPublication publication = Publish(Text);

        Assert.Equal([PublishRiskKind.EnvFile, PublishRiskKind.EnvFile], publication.Risks.Select(risk => risk.Kind));
        Assert.Equal((2, 5), (publication.Risks[0].Line, publication.Risks[1].Line - 1));
        string published = TextOf(Assert.Single(publication.Files));
        Assert.DoesNotContain("secret-folder", published, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", published, StringComparison.Ordinal);
        Assert.Matches(@"env_file: \[[0-9a-f]{64}\.env\] }", published);
        Assert.Matches(@"path: [0-9a-f]{64}\.env\n", published);
    }

    [Fact]
    public void Environment_files_are_published_on_request()
    {
        Write("app.env", "A=1");

        ProjectPublication publication = Publish("services:\n  app: { image: app, env_file: \"${FILE:-app.env}\", environment: { DB_PASSWORD: written } }\n", withEnvironment: true);

        Assert.Empty(publication.Risks);
        Assert.Equal([PublishedFileKind.Compose, PublishedFileKind.EnvFile], publication.Files.Select(file => file.Kind));
        Assert.Contains(publication.Files[1].Name, TextOf(publication.Files[0]), StringComparison.Ordinal);
        Assert.Equal("A=1", TextOf(publication.Files[1]));
    }

    [Fact]
    public void A_missing_environment_file_is_an_error() =>
        Assert.Equal(ComposeErrorId.EnvFileNotFound, Assert.Throws<ComposeException>(() => Publish("services: { app: { image: app, env_file: no.env } }")).Id);

    [Theory]
    [InlineData("environment: { MYSQL_ROOT_PASSWORD: written }", PublishRiskKind.SecretValue)]
    [InlineData("environment: [API_KEY=written]", PublishRiskKind.SecretValue)]
    [InlineData("environment: { DB_PASSWORD: \"$$written\" }", PublishRiskKind.SecretValue)]
    [InlineData("environment: { DB_PASSWORD: \"${DB_PASSWORD:-}\" }", null)]
    [InlineData("environment: { DB_PASSWORD: , HELLO: world }", null)]
    [InlineData("environment: [DB_PASSWORD]", null)]
    [InlineData("volumes: [\"./data:/user-data\"]", PublishRiskKind.BindMount)]
    [InlineData("volumes: [\"data:/user-data\"]", null)]
    [InlineData("environment: { HELLO: ghp_1234567890abcdefghijklmnopqrstuvwxyz }", PublishRiskKind.SensitiveData)]
    [InlineData("environment: { URL: \"postgres://me:${PW}@db/x\" }", null)]
    [InlineData("environment: { URL: \"postgres://me:hunter2@db/x\" }", PublishRiskKind.SensitiveData)]
    public void What_is_written_into_a_service_is_a_risk(string attribute, PublishRiskKind? kind)
    {
        ProjectPublication publication = Publish($"services:\n  app:\n    image: app\n    {attribute}\nvolumes: {{ data: }}\n");

        Assert.Equal(kind, publication.Risks.Select(risk => (PublishRiskKind?)risk.Kind).SingleOrDefault());
        Assert.All(publication.Risks, risk => Assert.Equal(("compose.yaml", 4), (risk.File, risk.Line)));
        Assert.All(publication.Risks, risk => Assert.DoesNotContain("hunter2", risk.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_findings_of_all_services_are_listed_together()
    {
        Write("b.env", "GITHUB_TOKEN=ghp_1234567890abcdefghijklmnopqrstuvwxyz\n");
        Write("key.pem", "-----BEGIN DSA PRIVATE KEY-----\nwxyz+ABC=\n-----END DSA PRIVATE KEY-----\n");

        ProjectPublication publication = Publish("""
            services:
              a: { image: a, environment: { DB_PASSWORD: written } }
              b:
                image: b
                profiles: [extra]
                env_file: b.env
                environment: [API_KEY=written]
                configs: [literal, template]
                secrets: [key]
            configs:
              literal: { content: "password is written" }
              template: { content: "password=${PASSWORD}" }
            secrets: { key: { file: key.pem } }
            """);

        Assert.Equal(
            [PublishRiskKind.SecretValue, PublishRiskKind.EnvFile, PublishRiskKind.SecretValue, PublishRiskKind.ConfigContent, PublishRiskKind.SensitiveData, PublishRiskKind.SensitiveData],
            publication.Risks.Select(risk => risk.Kind));
    }

    [Fact]
    public void Sensitive_data_is_found_in_every_file_also_if_the_environment_is_published()
    {
        Write("app.env", "GITHUB_TOKEN=ghp_1234567890abcdefghijklmnopqrstuvwxyz\n");
        Write("jwt.txt", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c\n");
        Write("key.pem", "x\n-----BEGIN DSA PRIVATE KEY-----\nwxyz+ABC=\n-----END DSA PRIVATE KEY-----\n");

        ProjectPublication publication = Publish(
            """
            services:
              a:
                image: a
                env_file: app.env
                environment:
                  AWS_ACCESS_KEY_ID: A3TX1234567890ABCDEF
                  AWS_SECRET_ACCESS_KEY: aws"12345+67890/abcdefghijklm+NOPQRSTUVWXYZ+"
                configs: [jwt]
                secrets: [key]
            configs: { jwt: { file: jwt.txt } }
            secrets: { key: { file: key.pem } }
            """,
            withEnvironment: true);

        Assert.All(publication.Risks, risk => Assert.Equal(PublishRiskKind.SensitiveData, risk.Kind));
        Assert.Equal([("compose.yaml", 6), ("compose.yaml", 7), ("app.env", 1), ("jwt.txt", 1), ("key.pem", 2)], publication.Risks.Select(risk => (Path.GetFileName(risk.File), risk.Line)));
    }

    [Fact]
    public void Extended_files_are_published_under_names_without_a_folder()
    {
        Write("base/one.yaml", "services: { one: { image: one, extends: { file: two.yaml, service: two } } }");
        Write("base/two.yaml", "services: { two: { image: two, environment: { DB_PASSWORD: written } } }");

        ProjectPublication publication = Publish("services:\n  app: { extends: { file: base/one.yaml, service: one } }\n");

        Assert.Equal([PublishedFileKind.Compose, PublishedFileKind.Extended, PublishedFileKind.Extended], publication.Files.Select(file => file.Kind));
        Assert.Contains($"file: {publication.Files[1].Name}", TextOf(publication.Files[0]), StringComparison.Ordinal);
        Assert.Contains($"file: {publication.Files[2].Name}", TextOf(publication.Files[1]), StringComparison.Ordinal);
        Assert.Equal(PublishRiskKind.SecretValue, Assert.Single(publication.Risks).Kind);
    }

    [Theory]
    [InlineData("services:\n  a: { build: . }\n  b: { build: . }\n", 2)]
    [InlineData("include: [other.yaml]\nservices: { a: { image: a } }\n", 1)]
    public void What_others_could_not_use_is_an_error_with_its_line(string text, int line)
    {
        Write("other.yaml", "services: { other: { image: other } }");

        var fault = Assert.Throws<ComposeException>(() => Publish(text));

        Assert.Equal((ComposeErrorId.NotPublishable, line), (fault.Id, fault.Line));
        Assert.Equal(text.Split('\n')[line - 1], fault.LineText);
    }

    private static string TextOf(PublishedFile file) => Encoding.UTF8.GetString(file.Content.Span);

    private ProjectPublication Publish(string text, bool withEnvironment = false)
    {
        Write("compose.yaml", text);
        var request = new ComposeRequest { WorkingDirectory = _folder, ComposeProfiles = ["*"], ResolveEnvironment = false };
        return ProjectPublication.Of(ComposeLoader.Load(request, CancellationToken.None), withEnvironment, CancellationToken.None);
    }

    private void Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
