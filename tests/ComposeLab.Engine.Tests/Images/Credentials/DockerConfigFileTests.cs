using System.Runtime.Versioning;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images.Credentials;
using ComposeLab.Engine.Tests.Images.Context;

namespace ComposeLab.Engine.Tests.Images.Credentials;

[UnsupportedOSPlatform("windows")]
public sealed class DockerConfigFileTests : IDisposable
{
    private readonly ScratchFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("postgres:16", "https://index.docker.io/v1/")]
    [InlineData("library/postgres", "https://index.docker.io/v1/")]
    [InlineData("docker.io/library/postgres", "https://index.docker.io/v1/")]
    [InlineData("quay.io/a/b:1", "quay.io")]
    [InlineData("localhost/a", "localhost")]
    [InlineData("127.0.0.1:5000/a@sha256:0", "127.0.0.1:5000")]
    public void The_registry_is_read_from_the_image_name(string image, string registry) => Assert.Equal(registry, ImageRegistry.Of(image));

    [Theory]
    [InlineData("""{ "auths": { "reg:5000": { "auth": "bWU6cGFzczp3b3Jk" } } }""", "me", "pass:word", null)]
    [InlineData("""{ "auths": { "https://reg:5000/v2/": { "username": "me", "password": "pw" } } }""", "me", "pw", null)]
    [InlineData("""{ "auths": { "reg:5000": { "auth": "bWU6cHc=", "identitytoken": "t" } } }""", null, null, "t")]
    [InlineData("""{ "auths": { "reg:5001": { "auth": "bWU6cHc=" }, "reg:5000": {} } }""", null, null, null)]
    [InlineData("""{ }""", null, null, null)]
    public async Task Credentials_in_the_file_are_found(string json, string? user, string? password, string? identity)
    {
        RegistryCredential? found = await FindAsync(json);

        Assert.Equal((user, password, identity), (found?.UserName, found?.Password, found?.IdentityToken));
    }

    [Fact]
    public async Task A_registry_s_own_helper_takes_precedence_over_the_general_one_and_over_the_file()
    {
        Helper("own", """echo "{\"Username\":\"own\",\"Secret\":\"$(cat)\"}" """);
        Helper("all", """echo '{"Username":"<token>","Secret":"all"}'""");
        Helper("none", "echo credentials not found in native keychain; exit 1");
        const string Auths = "\"auths\": { \"reg:5000\": { \"auth\": \"bWU6cHc=\" } }";

        RegistryCredential? own = await FindAsync("{ \"credHelpers\": { \"reg:5000\": \"own\" }, \"credsStore\": \"all\", " + Auths + " }");
        RegistryCredential? all = await FindAsync("{ \"credHelpers\": { \"reg:5001\": \"own\" }, \"credsStore\": \"all\", " + Auths + " }");
        RegistryCredential? none = await FindAsync("{ \"credsStore\": \"none\", " + Auths + " }");

        Assert.Equal(("own", "reg:5000"), (own?.UserName, own?.Password));
        Assert.Equal((null, "all"), (all?.UserName, all?.IdentityToken));
        Assert.Equal(("me", "pw"), (none?.UserName, none?.Password));
    }

    [Theory]
    [InlineData("missing", null)]
    [InlineData("broken", "echo top-secret")]
    [InlineData("failing", "echo top-secret; exit 3")]
    public async Task A_failed_helper_is_reported_without_its_output(string name, string? script)
    {
        if (script is not null)
        {
            Helper(name, script);
        }

        var fault = await Assert.ThrowsAsync<EngineException>(() => FindAsync($"{{ \"credsStore\": \"{name}\" }}"));

        Assert.Equal(EngineErrorId.ImagePullFailed, fault.Id);
        Assert.Contains($"docker-credential-{name}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ nonsense")]
    [InlineData("""{ "auths": { "reg:5000": { "auth": "%%%" } } }""")]
    public async Task A_file_that_cannot_be_read_is_reported(string json)
    {
        var fault = await Assert.ThrowsAsync<EngineException>(() => FindAsync(json));

        Assert.Contains(_home.Of("config.json"), fault.Message, StringComparison.Ordinal);
    }

    private void Helper(string name, string script)
    {
        string file = _home.Write($"docker-credential-{name}", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task An_empty_DOCKER_CONFIG_counts_as_not_set()
    {
        _home.Write(".docker/config.json", """{ "auths": { "reg:5000": { "auth": "bWU6cHc=" } } }""");
        var environment = new Dictionary<string, string> { ["DOCKER_CONFIG"] = "", ["HOME"] = _home.Path };

        Assert.Equal("me", (await DockerConfigFile.Read(environment).FindAsync("reg:5000", CancellationToken.None))?.UserName);
    }

    private Task<RegistryCredential?> FindAsync(string json)
    {
        _home.Write("config.json", json);
        var environment = new Dictionary<string, string> { ["DOCKER_CONFIG"] = _home.Path, ["PATH"] = $"{_home.Path}:/usr/bin:/bin" };
        return DockerConfigFile.Read(environment).FindAsync("reg:5000", CancellationToken.None);
    }
}
