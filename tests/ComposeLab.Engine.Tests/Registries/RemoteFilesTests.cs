using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Publishing;
using ComposeLab.Engine.Registries;
using ComposeLab.Engine.Remotes;
using ComposeLab.Engine.Tests.Images.Pulling;

namespace ComposeLab.Engine.Tests.Registries;

/// <summary>Publishes projects to a registry and fetches them, also from git repositories.</summary>
[Trait("Needs", "Engine")]
public sealed class RemoteFilesTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("composelab-remotes-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task A_published_project_is_fetched_with_its_files()
    {
        string pinned;
        string named;
        string file;
        await using (LocalRegistry registry = await LocalRegistry.StartAsync())
        {
            RegistryReference reference = RegistryReference.Parse($"{registry.Host}/team/shop:1");
            pinned = $"oci://{registry.Host}/team/shop@{await PublishAsync(reference)}";
            named = $"oci://{reference}";
            file = Fetch(named);

            Assert.Equal("services: { a: { image: a } }\n---\nservices: { a: { image: b } }", await File.ReadAllTextAsync(file));
            Assert.Equal(["base.yaml", "compose.yaml", "x.env"], Directory.GetFiles(Path.GetDirectoryName(file)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal(file, Fetch(pinned));
        }

        Assert.Equal(file, Fetch(pinned));
        Assert.Equal(EngineErrorId.RegistryFailed, Assert.Throws<EngineException>(() => Fetch(named)).Id);
    }

    [Fact]
    public async Task The_manifest_is_that_of_docker_compose()
    {
        await using LocalRegistry registry = await LocalRegistry.StartAsync();
        RegistryReference reference = RegistryReference.Parse($"{registry.Host}/shop:1");
        await PublishAsync(reference);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");

        using System.Text.Json.JsonDocument manifest = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync(reference.At("manifests/1")));

        System.Text.Json.JsonElement[] layers = [.. manifest.RootElement.GetProperty("layers").EnumerateArray()];
        Assert.Equal("application/vnd.docker.compose.project", manifest.RootElement.GetProperty("artifactType").GetString());
        Assert.Equal(
            ["application/vnd.docker.compose.file+yaml", "application/vnd.docker.compose.file+yaml", "application/vnd.docker.compose.file+yaml", "application/vnd.docker.compose.envfile"],
            layers.Select(layer => layer.GetProperty("mediaType").GetString()));
        Assert.Equal("true", layers[2].GetProperty("annotations").GetProperty("com.docker.compose.extends").GetString());
        Assert.Equal("x.env", layers[3].GetProperty("annotations").GetProperty("com.docker.compose.envfile").GetString());
    }

    [Fact]
    public async Task A_registry_with_a_password_gets_the_credential_of_the_docker_client()
    {
        await using LocalRegistry registry = await LocalRegistry.StartAsync(locked: true);
        RegistryReference reference = RegistryReference.Parse($"{registry.Host}/shop:1");

        EngineException refused = await Assert.ThrowsAsync<EngineException>(() => PublishAsync(reference));
        LogIn(registry.Host, LocalRegistry.Password);

        Assert.Equal(EngineErrorId.RegistryFailed, refused.Id);
        Assert.Contains("docker login", refused.Recommendation, StringComparison.Ordinal);
        Assert.StartsWith("sha256:", await PublishAsync(reference), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_service_on_the_host_of_the_registry_gives_a_token_for_what_is_done()
    {
        await using LocalRegistry registry = await LocalRegistry.StartAsync();
        using var front = new TokenFront(registry);
        RegistryReference reference = RegistryReference.Parse($"{front.Host}/shop:1");

        EngineException anonymous = await Assert.ThrowsAsync<EngineException>(() => PublishAsync(reference));
        LogIn(front.Host, "wrong");
        EngineException wrong = await Assert.ThrowsAsync<EngineException>(() => PublishAsync(reference));
        LogIn(front.Host, LocalRegistry.Password);
        await PublishAsync(reference);

        Assert.All(new[] { anonymous, wrong }, fault => Assert.Equal((EngineErrorId.RegistryFailed, $"Sign in: docker login {front.Host}"), (fault.Id, fault.Recommendation)));
        Assert.DoesNotContain("wrong", wrong.Message, StringComparison.Ordinal);
        // One to look for a part, one to write it.
        Assert.Equal(2, front.Tokens);
        Assert.Contains("a: { image: a }", await File.ReadAllTextAsync(Fetch($"oci://{reference}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publication_to_a_registry_that_does_not_answer_can_be_canceled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Task<string> publication = PublishAsync(RegistryReference.Parse($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/shop:1"));
        using TcpClient caller = await silent.AcceptTcpClientAsync(_limit.Token);

        await _limit.CancelAsync();

        // Below the limit of a request.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publication.WaitAsync(TimeSpan.FromSeconds(9)));
    }

    [Fact]
    public async Task An_artifact_that_is_no_project_or_leads_out_of_its_folder_is_rejected()
    {
        await using LocalRegistry registry = await LocalRegistry.StartAsync();
        await PushedImage.PushAsync(registry, "image:1", [new byte[1000]]);
        await PublishAsync(RegistryReference.Parse($"{registry.Host}/bad:1"), new PublishedFile("../evil.env", new byte[1], PublishedFileKind.EnvFile));

        Assert.Equal(EngineErrorId.RegistryFailed, Assert.Throws<EngineException>(() => Fetch($"oci://{registry.Host}/image:1")).Id);
        Assert.Equal(EngineErrorId.RegistryFailed, Assert.Throws<EngineException>(() => Fetch($"oci://{registry.Host}/bad:1")).Id);
        Assert.Equal(EngineErrorId.RegistryFailed, Assert.Throws<EngineException>(() => Fetch($"oci://{registry.Host}/missing:1")).Id);
        Assert.False(File.Exists(Path.Combine(_home, "composelab", "remote", "oci", "evil.env")));
    }

    [Fact]
    public void A_repository_is_fetched_at_a_commit_without_its_history()
    {
        string repository = Repository();
        string commit = Git(repository, "rev-parse", "HEAD").Trim();

        string file = Fetch($"file://{repository}#{commit}:deploy");

        Assert.Equal("services: { a: { image: a } }", File.ReadAllText(file));
        Assert.Equal("1", Git(Path.GetDirectoryName(Path.GetDirectoryName(file))!, "rev-list", "--count", "HEAD").Trim());
        Assert.Equal(file, Fetch($"file://{repository}#main:deploy/compose.yaml"));
        Directory.Delete(repository, recursive: true);
        Assert.Equal(file, Fetch($"file://{repository}#{commit}:deploy"));
    }

    [Fact]
    public void A_version_is_a_branch_or_a_tag_of_exactly_this_name()
    {
        string repository = Repository();
        string newest = Git(repository, "rev-parse", "HEAD").Trim();
        Git(repository, "branch", "feature/main", "HEAD~");
        Git(repository, "-c", "user.name=t", "-c", "user.email=t@t.test", "tag", "-a", "v1", "-m", "x", "HEAD");
        Git(repository, "tag", "feature/v1", "HEAD~");

        Assert.All(new[] { "main", "v1", "refs/heads/main", "tags/v1" }, version => Assert.Contains(newest, Fetch($"file://{repository}#{version}:deploy"), StringComparison.Ordinal));
        Assert.DoesNotContain(newest, Fetch($"file://{repository}#feature/main:deploy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_is_fetched_over_the_network()
    {
        string repository = Repository();
        string commit = Git(repository, "rev-parse", "HEAD").Trim();
        int port = LocalRegistry.FreePort();
        using Process daemon = Process.Start(new ProcessStartInfo("git", ["daemon", "--reuseaddr", "--export-all", $"--base-path={_home}", "--listen=127.0.0.1", $"--port={port}", _home]))!;
        try
        {
            await ConnectAsync(port, daemon);

            Assert.Contains(commit, Fetch($"git://127.0.0.1:{port}/repository#main:deploy"), StringComparison.Ordinal);
            Assert.Equal(EngineErrorId.GitFailed, Assert.Throws<EngineException>(() => Fetch($"git://127.0.0.1:{port}/nothing#main")).Id);
        }
        finally
        {
            daemon.Kill(entireProcessTree: true);
        }

        Assert.Equal("services: { a: { image: a } }", await File.ReadAllTextAsync(Fetch($"git://127.0.0.1:{port}/repository#{commit}:deploy")));
        Assert.Equal(EngineErrorId.GitFailed, Assert.Throws<EngineException>(() => Fetch($"git://127.0.0.1:{port}/repository#main:deploy")).Id);
    }

    [Theory]
    [InlineData("#main:nowhere")]
    [InlineData("#main:../..")]
    [InlineData("#nobranch")]
    [InlineData("#--upload-pack=touch")]
    [InlineData("#0123456789012345678901234567890123456789")]
    public void What_a_repository_does_not_have_is_an_error(string part) =>
        Assert.Equal(EngineErrorId.GitFailed, Assert.Throws<EngineException>(() => Fetch($"file://{Repository()}{part}")).Id);

    [Fact]
    public void A_link_in_a_repository_does_not_lead_to_a_file_of_this_machine() =>
        Assert.Equal("/etc/hostname", File.ReadAllText(Fetch($"file://{Repository()}#main:link")));

    private Task<string> PublishAsync(RegistryReference reference, params PublishedFile[] files)
    {
        PublishedFile[] own =
        [
            new("compose.yaml", "services: { a: { image: a } }"u8.ToArray(), PublishedFileKind.Compose),
            new("compose.prod.yaml", "services: { a: { image: b } }"u8.ToArray(), PublishedFileKind.Compose),
            new("base.yaml", "services: { }"u8.ToArray(), PublishedFileKind.Extended),
            new("x.env", "A=1"u8.ToArray(), PublishedFileKind.EnvFile),
        ];
        return ProjectPublisher.PublishAsync(reference, new ProjectPublication([.. own, .. files], []), Environment(), DateTimeOffset.UnixEpoch, _limit.Token);
    }

    private string Fetch(string text) => new RemoteFiles(Environment()).Fetch(RemoteReference.Of(text)!, _limit.Token);

    private void LogIn(string host, string password)
    {
        string login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.User}:{password}"));
        File.WriteAllText(Path.Combine(_home, "config.json"), $"{{\"auths\":{{\"{host}\":{{\"auth\":\"{login}\"}}}}}}");
    }

    private async Task ConnectAsync(int port, Process server)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, _limit.Token);
                return;
            }
            catch (SocketException) when (!server.HasExited)
            {
                await Task.Yield();
            }
        }
    }

    private string Repository()
    {
        string folder = Path.Combine(_home, "repository");
        Directory.CreateDirectory(Path.Combine(folder, "deploy"));
        Git(folder, "init", "--quiet", "--initial-branch=main");
        for (int version = 0; version < 2; version++)
        {
            File.WriteAllText(Path.Combine(folder, "deploy", "compose.yaml"), version == 0 ? "old" : "services: { a: { image: a } }");
            File.WriteAllText(Path.Combine(folder, "version"), $"{version}");
            if (version == 0)
            {
                File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/hostname");
            }

            Git(folder, "add", ".");
            Git(folder, "-c", "user.name=t", "-c", "user.email=t@t.test", "commit", "--quiet", "-m", "x");
        }

        return folder;
    }

    private static string Git(string folder, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true })!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "",
        ["HOME"] = _home,
        ["DOCKER_CONFIG"] = _home,
        ["XDG_CACHE_HOME"] = _home,
    };
}
