using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class CompareLabConfigTests : IDisposable
{
    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public CompareLabConfigTests()
    {
        _folder.Write("compose.yaml", "name: shop\nservices:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: hunter1\n");
        _folder.Write("compose.dev.yaml", "services:\n  db:\n    ports: [\"127.0.0.1:5432:5432\"]\n");
        _folder.Write("compose.prod.yaml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: hunter2\n  web:\n    image: nginx:1\n");
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_difference_has_both_values_and_their_sources()
    {
        LabConfigDifference[] found = Run("");

        Assert.Equal(
            ["Changed services.db.environment.POSTGRES_PASSWORD", "Removed services.db.ports[5432/tcp]", "Added services.web"],
            found.Select(difference => $"{difference.Kind} {difference.Path}"));
        Assert.Equal(("compose.yaml:6", "compose.prod.yaml:4"), ($"{found[0].ReferenceOrigin}", $"{found[0].DifferenceOrigin}"));
        Assert.Equal(_folder.At("compose.dev.yaml"), found[1].ReferenceOrigin!.File);
        Assert.Equal((null, "nginx:1"), (found[2].ReferenceValue, found[2].DifferenceValue));
    }

    [Theory]
    [InlineData("", "RemoteNotAllowed")]
    [InlineData("-AllowRemote", "RegistryFailed")]
    public void A_published_project_is_read_only_if_it_is_allowed(string allow, string id)
    {
        string remote = $"oci://127.0.0.1:1/shop@sha256:{new string('a', 64)}";

        Assert.Equal(id, _session.Run($"param($file, $remote) Compare-LabConfig -ReferenceFile $file -DifferenceFile $remote {allow}", _folder.At("compose.yaml"), remote).ErrorId);
    }

    [Fact]
    public void Secrets_are_masked_and_shown_on_request()
    {
        Assert.Equal(("********", "********"), (Run("")[0].ReferenceValue, Run("")[0].DifferenceValue));
        Assert.Equal(("hunter1", "hunter2"), (Run("-ShowSecret")[0].ReferenceValue, Run("-ShowSecret")[0].DifferenceValue));
    }

    [Theory]
    [InlineData("-ReferenceProfile '' -DifferenceProfile Dev", "services.db.ports[5432/tcp]")]
    [InlineData("-Service we*", "services.web")]
    [InlineData("Prod Prod", "")]
    public void Profiles_and_services_filter_the_result(string parameters, string paths) => Assert.Equal(paths, string.Join(' ', Run(parameters).Select(difference => difference.Path)));

    [Fact]
    public void Two_sets_of_files_are_compared()
    {
        SessionResult result = _session.Run(
            "param($p) Compare-LabConfig -ReferenceFile $p/compose.yaml -DifferenceFile $p/compose.yaml, $p/compose.dev.yaml",
            _folder.Path);

        Assert.Equal("services.db.ports[5432/tcp]", Assert.IsType<LabConfigDifference>(Assert.Single(result.Good())).Path);
    }

    [Fact]
    public void A_missing_profile_is_reported() => Assert.Equal("ProfileNotFound", _session.Run("param($p) Compare-LabConfig Dev Test -Path $p", _folder.Path).ErrorId);

    private LabConfigDifference[] Run(string parameters) => [.. _session.Run($"param($p) Compare-LabConfig {parameters} -Path $p", _folder.Path).Good().Cast<LabConfigDifference>()];
}
