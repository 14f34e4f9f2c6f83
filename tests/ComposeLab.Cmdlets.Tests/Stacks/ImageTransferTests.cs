using System.Net;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Images.Pulling;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Cmdlets.Tests.Stacks;

/// <summary>Pulls, pushes, compares, locks and removes images, from the cmdlets to a registry.</summary>
[Trait("Needs", "Engine")]
public sealed class ImageTransferTests : IAsyncLifetime
{
    private readonly string _name = $"images-{Guid.NewGuid():N}"[..15];
    private readonly TemporaryFolder _project = new();
    private readonly TestSession _session = new();
    private readonly List<string> _images = [];
    private LocalRegistry _registry = null!;
    private IEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await LocalRegistry.StartAsync();
        _engine = await EngineConnection.ConnectAsync(TestEngine.Endpoint(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string image in _images)
        {
            if (await _engine.InspectImageAsync(image, CancellationToken.None) is not null)
            {
                await _engine.RemoveImageAsync(image, force: true, CancellationToken.None);
            }
        }

        await _registry.DisposeAsync();
        _engine.Dispose();
        _session.Dispose();
        _project.Dispose();
    }

    [Fact]
    public async Task A_pull_always_pulls_and_says_whether_the_image_is_new()
    {
        string image = await PushedAsync("app:1", 1);
        Write($"app: {{ image: '{image}' }}", "built: { build: . }");

        LabImageTransfer[] first = Transfers("Receive-LabImage");
        LabImageTransfer[] second = Transfers("Receive-LabImage");
        await PushedAsync("app:1", 2);
        LabImageTransfer[] third = Transfers("Receive-LabImage app");

        Assert.Equal([LabTransferResult.Skipped, LabTransferResult.Pulled], first.Select(transfer => transfer.Result).OrderDescending());
        Assert.Equal([true, false, true], new[] { Pulled(first), Pulled(second), Pulled(third) }.Select(transfer => transfer.IsChanged));
        Assert.NotEqual(Pulled(first).Digest, Pulled(third).Digest);
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_an_error_and_the_others_are_pulled()
    {
        string image = await PushedAsync("app:1", 1);
        Write($"app: {{ image: '{image}' }}", $"missing: {{ image: '{_registry.Host}/nothing:1', build: . }}");

        SessionResult failed = Run("Receive-LabImage");
        SessionResult ignored = Run("Receive-LabImage -IgnoreFailure");

        Assert.Equal((nameof(LabErrorId.ImagePullFailed), 1), (failed.ErrorId, failed.Errors.Count));
        Assert.Null(failed.Terminating);
        Assert.Equal(
            [LabTransferResult.Failed, LabTransferResult.Pulled], failed.Values.Cast<LabImageTransfer>().Select(transfer => transfer.Result).OrderDescending());
        Assert.Empty(ignored.Errors);
        Assert.Contains(ignored.Warnings, warning => warning.Contains("Build-LabImage missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outdated_image_is_found_locked_and_removed()
    {
        string image = await PushedAsync("app:1", 1);
        Write($"app: {{ image: '{image}' }}", "own: { build: . }");
        string digest = Pulled(Transfers("Receive-LabImage")).Digest!;

        Assert.Empty(Run("Get-LabImage -Outdated").Good());
        string locked = (string)Run("Show-MergedConfig -Lock").Good()[0];
        await PushedAsync("app:1", 2);
        var outdated = Assert.IsType<LabImage>(Assert.Single(Run("Get-LabImage -Outdated").Good()));

        Assert.Equal($"services:\n  app:\n    image: {image}@{digest}\n", locked);
        Assert.Contains($"{image}@{outdated.RegistryDigest}", (string)Run("Show-MergedConfig -Resolve").Good()[0], StringComparison.Ordinal);
        Assert.Equal((image, digest, "app"), (outdated.Image, outdated.Digest, outdated.Services[0]));
        Assert.NotEqual(digest, outdated.RegistryDigest);
        Assert.Equal(image, Assert.IsType<LabImage>(Assert.Single(Run("Remove-LabImage -Confirm:$false -PassThru").Good())).Image);
        Assert.Null(await _engine.InspectImageAsync(image, CancellationToken.None));
    }

    [Fact]
    public async Task A_push_sends_only_named_images_with_a_build_section()
    {
        string source = await PushedAsync("source:1", 1);
        Write($"source: {{ image: '{source}' }}", $"app: {{ build: ., image: '{_registry.Host}/pushed:1' }}", "unnamed: { build: . }");
        Transfers("Receive-LabImage source");
        await _engine.TagImageAsync(source, $"{_registry.Host}/pushed:1", CancellationToken.None);
        _images.Add($"{_registry.Host}/pushed:1");

        LabImageTransfer[] sent = Transfers("Send-LabImage");
        SessionResult absent = Run("Send-LabImage app", $"app: {{ build: ., image: '{_registry.Host}/absent:1' }}");

        Assert.Equal(
            [(source, LabTransferResult.Skipped), ($"{_registry.Host}/pushed:1", LabTransferResult.Pushed), ($"{_name}-unnamed", LabTransferResult.Skipped)],
            sent.Select(transfer => (transfer.Image, transfer.Result)).OrderBy(transfer => transfer.Image.Contains("source", StringComparison.Ordinal) ? 0 : transfer.Image.Contains("pushed", StringComparison.Ordinal) ? 1 : 2));
        Assert.Equal(nameof(LabErrorId.ImageNotFound), absent.ErrorId);
    }

    [Fact]
    public async Task Ctrl_C_during_an_upload_leaves_nothing_in_the_registry_and_the_next_push_succeeds()
    {
        // More than sockets buffer: an engine notices Ctrl-C when it reads on, but not once it only waits for the registry's answer.
        byte[] noise = new byte[24_000_000];
        Random.Shared.NextBytes(noise);
        await PushedImage.PushAsync(_registry, "source:1", [noise]);
        string source = $"{_registry.Host}/source:1";
        // A registry without any of the layers: in the same one, an engine takes them over instead of sending them.
        await using LocalRegistry target = await LocalRegistry.StartAsync();
        using var line = new StalledLine(target.Port, 1_000_000);
        string pushed = $"127.0.0.1:{line.Port}/pushed:1";
        _images.AddRange([source, pushed]);
        Write($"source: {{ image: '{source}' }}", $"app: {{ build: ., image: '{pushed}' }}");
        Transfers("Receive-LabImage source");
        await _engine.TagImageAsync(source, pushed, CancellationToken.None);

        _session.StopWhen(() => line.IsStalled, $"Send-LabImage app -Path '{_project.Path}'");
        await line.DrainAsync().WaitAsync(TestSession.Patience);
        using var client = new HttpClient();
        using HttpResponseMessage tags = await client.GetAsync(new Uri($"http://{target.Host}/v2/pushed/tags/list"));
        Assert.Equal(HttpStatusCode.NotFound, tags.StatusCode);
        line.Release();

        Assert.Equal(LabTransferResult.Pushed, Assert.Single(Transfers("Send-LabImage app")).Result);
        Assert.NotNull(await _engine.InspectImageAsync(pushed, CancellationToken.None));
    }

    [Fact]
    public async Task A_project_is_published_with_the_digests_of_its_images_and_started_from_there()
    {
        string image = await PushedAsync("app:1", 1);
        Write($"app: {{ image: '{image}' }}");
        string digest = Pulled(Transfers("Receive-LabImage")).Digest!;
        string reference = $"{_registry.Host}/project:1";

        var published = Assert.IsType<LabPublication>(Assert.Single(Run($"Publish-LabStack {reference} -ResolveDigest -Force").Good()));
        SessionResult read = _session.Run($"(Show-MergedConfig -File oci://{reference} -AllowRemote -AsObject).services.app.image");
        SessionResult refused = _session.Run($"Show-MergedConfig -File oci://{reference}");

        Assert.StartsWith("sha256:", published.Digest, StringComparison.Ordinal);
        Assert.Equal([$"{image}@{digest}"], read.Good());
        Assert.Equal(nameof(LabErrorId.RemoteNotAllowed), refused.ErrorId);
        Assert.Equal(nameof(LabErrorId.ImageDigestUnknown), Run($"Publish-LabStack {reference} -ResolveDigest -Force", $"app: {{ image: '{_registry.Host}/nothing:1' }}").ErrorId);
    }

    [Fact]
    public void An_image_that_the_registry_does_not_have_cannot_be_locked()
    {
        Write($"app: {{ image: '{_registry.Host}/nothing:1' }}");

        Assert.Equal(nameof(LabErrorId.ImageDigestUnknown), Run("Show-MergedConfig -Resolve").ErrorId);
    }

    private static LabImageTransfer Pulled(LabImageTransfer[] transfers) => Assert.Single(transfers, transfer => transfer.Result == LabTransferResult.Pulled);

    private async Task<string> PushedAsync(string name, byte content)
    {
        await PushedImage.PushAsync(_registry, name, [[content]]);
        string image = $"{_registry.Host}/{name}";
        _images.Add(image);
        return image;
    }

    private void Write(params string[] services) =>
        _project.Write("compose.yaml", $"name: {_name}\nservices:\n{string.Concat(services.Select(service => $"  {service}\n"))}");

    private LabImageTransfer[] Transfers(string command) => [.. Run(command).Good().Cast<LabImageTransfer>()];

    private SessionResult Run(string command, string? services = null)
    {
        if (services is not null)
        {
            Write(services);
        }

        return _session.Run($"{command} -Path '{_project.Path}'");
    }
}
