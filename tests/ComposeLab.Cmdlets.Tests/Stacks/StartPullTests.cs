using System.Text;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Images.Pulling;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>Starts a stack with an image in a registry with a password, from the cmdlet to the registry.</summary>
[Trait("Needs", "Engine")]
[Collection(ProcessEnvironmentCollection.Name)]
public sealed class StartPullTests : IAsyncLifetime
{
    private static readonly string[] Changed = ["DOCKER_CONFIG", "PATH"];

    private readonly string _name = $"pulltest-{Guid.NewGuid():N}"[..17];
    private readonly Dictionary<string, string?> _before = Changed.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly TemporaryFolder _home = new();
    private readonly TemporaryFolder _project = new();
    private readonly TestSession _session = new();
    private LocalRegistry _registry = null!;
    private IEngine _engine = null!;

    private string Image => $"{_registry.Host}/tools:1";

    public async ValueTask InitializeAsync()
    {
        _registry = await LocalRegistry.StartAsync(locked: true);
        _engine = await EngineConnection.ConnectAsync(TestEngine.Endpoint(), CancellationToken.None);
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", _home.Path);
        await PushedImage.PushAsync(_registry, "tools:1", [await File.ReadAllBytesAsync(Busybox())], file: "busybox");
    }

    public async ValueTask DisposeAsync()
    {
        _session.Run($"Remove-LabStack -ProjectName {_name} -Force -TimeoutSec 1");
        if (await _engine.InspectImageAsync(Image, CancellationToken.None) is not null)
        {
            await _engine.RemoveImageAsync(Image, force: true, CancellationToken.None);
        }

        foreach ((string variable, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }

        await _registry.DisposeAsync();
        _engine.Dispose();
        _session.Dispose();
        _home.Dispose();
        _project.Dispose();
    }

    [Fact]
    public async Task A_stack_starts_with_the_login_of_the_docker_client()
    {
        Login(LocalRegistry.Password);

        var service = Assert.IsType<LabService>(Assert.Single(Start(Image).Good()));

        Assert.Equal(LabServiceState.Running, service.State);
        Assert.NotNull(await _engine.InspectImageAsync(Image, CancellationToken.None));
    }

    [Fact]
    public void A_stack_starts_with_the_login_of_a_credential_helper()
    {
        string helper = _home.Write("docker-credential-spec", $$"""
            #!/bin/sh
            read -r registry
            [ "$1" = get ] && [ "$registry" = "{{_registry.Host}}" ] || { echo 'credentials not found in native keychain'; exit 1; }
            echo '{"ServerURL":"{{_registry.Host}}","Username":"{{LocalRegistry.User}}","Secret":"{{LocalRegistry.Password}}"}'
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(helper, (UnixFileMode)0b111_000_000);
        }

        Environment.SetEnvironmentVariable("PATH", $"{_home.Path}{Path.PathSeparator}{_before["PATH"]}");
        Configure($$"""{ "credHelpers": { "{{_registry.Host}}": "spec" } }""");

        Assert.Equal(LabServiceState.Running, Assert.IsType<LabService>(Assert.Single(Start(Image).Good())).State);
    }

    [Fact]
    public void Each_kind_of_pull_failure_has_its_own_message()
    {
        Configure("{}");
        AssertFails(Start(Image), $"Could not pull image {Image}: denied", $"docker login {_registry.Host}, or correct the image's name.");
        Login("wrong-password");
        AssertFails(Start(Image), $"Could not pull image {Image}: denied", $"docker login {_registry.Host}, or correct the image's name.");
        Login(LocalRegistry.Password);
        AssertFails(
            Start($"{_registry.Host}/tools:2"), $"Could not pull image {_registry.Host}/tools:2: not found", "Correct the image's name or tag in the compose file.");
        AssertFails(
            Start(Image, "linux/s390x"), $"Could not pull image {Image}: no such platform", "Set a supported platform with platform: in the Compose file.");
        string nowhere = $"127.0.0.1:{LocalRegistry.FreePort()}/tools:1";
        AssertFails(
            Start(nowhere), $"Could not pull image {nowhere}: unreachable", "Check the network, the proxy and the registry name. An image that already exists on the engine does not need to be pulled.");
    }

    // The registry's test image is busybox alone: busybox selects its applet by the name, so the name must start with busybox.
    private static string Busybox() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "busybox")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("These tests need a static busybox: ./lab test fetches it, or install the package busybox-static.");

    private void Configure(string json) => _home.Write("config.json", json);

    private void Login(string password) => Configure(
        $$"""{ "auths": { "{{_registry.Host}}": { "auth": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.User}:{password}"))}}" } } }""");

    private SessionResult Start(string image, string? platform = null)
    {
        _project.Write("compose.yaml", $"""
            name: {_name}
            services:
              tools:
                image: {image}
                entrypoint: ["/busybox0", "sleep", "600"]
                stop_signal: SIGKILL
            """ + (platform is null ? "\n" : $"\n    platform: {platform}\n"));
        return _session.Run($"Start-LabStack -Path '{_project.Path}'");
    }

    private static void AssertFails(SessionResult result, string message, string recommendation)
    {
        Assert.Equal(nameof(LabErrorId.ImagePullFailed), result.ErrorId);
        Assert.Equal(recommendation, result.Error!.ErrorDetails.RecommendedAction);
        Assert.Contains(message, result.Error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", result.Error.Exception.ToString(), StringComparison.Ordinal);
    }
}
