using System.Globalization;
using System.Text;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Pulling;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Images.Context;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Pulling;

/// <param name="engine">The machine's engine.</param>
[Trait("Needs", "Engine")]
[Collection(EngineCollection.Name)]
public sealed class PullTests(EngineFixture engine) : IAsyncLifetime
{
    private readonly ScratchFolder _home = new();
    private readonly List<string> _pulled = [];
    private readonly RecordedEvents _events = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private LocalRegistry _registry = null!;

    public async ValueTask InitializeAsync() => _registry = await LocalRegistry.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (string image in _pulled)
        {
            if (await engine.Engine.InspectImageAsync(image, CancellationToken.None) is not null)
            {
                await engine.Engine.RemoveImageAsync(image, force: true, CancellationToken.None);
            }
        }

        await _registry.DisposeAsync();
        _home.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_pull_reports_its_layers_in_bytes()
    {
        await PushedImage.PushAsync(_registry, "app:1", [Noise(300_000), Noise(200_000)]);
        string image = await PullAsync($"{_registry.Host}/app:1");

        Assert.NotNull(await engine.Engine.InspectImageAsync(image, _limit.Token));
        var layers = _events.All.Where(happened => happened.Parent == ResourceId.Image(image)).GroupBy(happened => happened.Resource).ToList();
        Assert.Equal(2, layers.Count);
        Assert.All(layers, layer =>
        {
            EngineEvent last = layer.Last();
            Assert.Equal(EventPhase.Done, last.Phase);
            // With containerd's store, an engine does not report every short download.
            if (last.Total > 0 || !engine.UsesContainerdStore)
            {
                Assert.InRange(last.Total, 2 * 200_000, 2 * 330_000);
            }

            Assert.Equal(last.Total, last.Current);
        });
    }

    [Theory]
    [InlineData("app:2", "not found")]
    [InlineData("nobody/nothing:1", "not found")]
    public async Task An_unknown_image_name_is_not_found(string name, string reason)
    {
        await PushedImage.PushAsync(_registry, "app:1", [Noise(10)]);

        await AssertFailsAsync($"{_registry.Host}/{name}", reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("arm64")]
    public async Task A_missing_platform_is_reported(string? listed)
    {
        await PushedImage.PushAsync(_registry, "app:1", [Noise(10)], listed);

        await AssertFailsAsync($"{_registry.Host}/app:1", "no such platform", listed is null ? "linux/s390x" : null);
    }

    [Fact]
    public async Task A_missing_registry_is_unreachable_after_several_attempts()
    {
        EngineException fault = await AssertFailsAsync($"127.0.0.1:{LocalRegistry.FreePort()}/app:1", "unreachable");

        Assert.Contains("tried 3 times", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, _events.All.Count(happened => happened.Status.StartsWith("trying again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_connection_that_breaks_at_first_is_retried()
    {
        await PushedImage.PushAsync(_registry, "app:1", [Noise(1000)]);
        using var line = new FlakyLine(_registry.Port, 0, 0);

        string image = await PullAsync($"127.0.0.1:{line.Port}/app:1");

        Assert.NotNull(await engine.Engine.InspectImageAsync(image, _limit.Token));
        Assert.Equal(0, line.Left);
    }

    [Fact]
    public async Task An_interrupted_layer_transfer_is_resumed()
    {
        await PushedImage.PushAsync(_registry, "app:1", [Noise(4_000_000)]);
        using var line = new FlakyLine(_registry.Port, 3_000_000);

        string image = await PullAsync($"127.0.0.1:{line.Port}/app:1");

        Assert.NotNull(await engine.Engine.InspectImageAsync(image, _limit.Token));
        Assert.Equal(0, line.Left);
        Assert.InRange(line.Bytes, 4_000_000, 5_000_000);
    }

    [Fact]
    public async Task A_pull_that_is_canceled_ends_within_a_second()
    {
        await PushedImage.PushAsync(_registry, "app:1", [Noise(100_000)]);
        using var stop = new CancellationTokenSource();
        var puller = new ImagePuller(engine.Engine, Environment(), new PullLimits { FirstPause = TimeSpan.FromMinutes(5) }, TimeProvider.System);
        Task pulling = puller.PullAsync($"127.0.0.1:{LocalRegistry.FreePort()}/app:1", null, new CancelWhen("trying again", stop), stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pulling.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_registry_with_a_password_accepts_the_credentials_of_the_docker_client()
    {
        await using LocalRegistry locked = await LocalRegistry.StartAsync(locked: true);
        await PushedImage.PushAsync(locked, "app:1", [Noise(1000)]);
        string name = $"{locked.Host}/app:1";
        string good = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.User}:{LocalRegistry.Password}"));
        string bad = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.User}:wrong"));

        await AssertFailsAsync(name, "denied");
        Configure($$"""{ "auths": { "{{locked.Host}}": { "auth": "{{bad}}" } } }""");
        EngineException fault = await AssertFailsAsync(name, "denied");
        Assert.Equal($"docker login {locked.Host}, or correct the image's name.", fault.Recommendation);
        Configure($$"""{ "auths": { "http://{{locked.Host}}/v2/": { "auth": "{{good}}" } } }""");

        string image = await PullAsync(name);

        Assert.NotNull(await engine.Engine.InspectImageAsync(image, _limit.Token));
        Assert.DoesNotContain("wrong", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_starts_from_a_base_image_behind_a_password()
    {
        await using LocalRegistry locked = await LocalRegistry.StartAsync(locked: true);
        await PushedImage.PushAsync(locked, "base:1", [Noise(1000)]);
        string good = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.User}:{LocalRegistry.Password}"));
        string image = $"composelab-tests/built-{Guid.NewGuid():N}:1";
        _pulled.AddRange([image, $"{locked.Host}/base:1"]);
        var build = new BuildSpec
        {
            Context = _home.Path,
            DockerfileInline = $"ARG BASE={locked.Host}/base:1\nFROM ${"{"}BASE{"}"} AS start\nFROM start\nCOPY config.json /\n",
            Names = [image],
            Pull = true,
        };

        Configure("{}");
        var fault = await Assert.ThrowsAsync<EngineException>(() => new EngineImages(engine.Engine, Environment()).BuildAsync(build, _events, _limit.Token));
        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Configure($$"""{ "auths": { "{{locked.Host}}": { "auth": "{{good}}" } } }""");

        ImageBuildResult result = await new EngineImages(engine.Engine, Environment()).BuildAsync(build, _events, _limit.Token);

        Assert.Equal(result.Id, (await engine.Engine.InspectImageAsync(image, _limit.Token))!.Id);
    }

    private static byte[] Noise(int count)
    {
        byte[] noise = new byte[count];
        Random.Shared.NextBytes(noise);
        return noise;
    }

    private void Configure(string json) => _home.Write("config.json", json);

    private Dictionary<string, string> Environment() => new() { ["DOCKER_CONFIG"] = _home.Path, ["PATH"] = _home.Path };

    private async Task<string> PullAsync(string image, string? platform = null)
    {
        _pulled.Add(image);
        var limits = new PullLimits { Attempts = 3, FirstPause = TimeSpan.FromMilliseconds(20) };
        await new ImagePuller(engine.Engine, Environment(), limits, TimeProvider.System).PullAsync(image, platform, _events, _limit.Token);
        return image;
    }

    private async Task<EngineException> AssertFailsAsync(string image, string reason, string? platform = null)
    {
        var fault = await Assert.ThrowsAsync<EngineException>(() => PullAsync(image, platform));
        Assert.Equal(EngineErrorId.ImagePullFailed, fault.Id);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Could not pull image {image}: {reason}"), fault.Message, StringComparison.Ordinal);
        return fault;
    }

    private sealed class CancelWhen(string status, CancellationTokenSource stop) : IEngineEvents
    {
        public void Report(EngineEvent engineEvent)
        {
            if (engineEvent.Status.StartsWith(status, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
