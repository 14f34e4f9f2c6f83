using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Tests.Loading;

public sealed class RemoteReferenceTests : IDisposable
{
    private const string Digest = "sha256:0123456789012345678901234567890123456789012345678901234567890123";
    private const string Commit = "0123456789012345678901234567890123456789";

    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-remote-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("oci://registry.test/shop:1", "registry.test/shop:1", null, null, false)]
    [InlineData("oci://registry.test/shop@" + Digest, "registry.test/shop@" + Digest, null, null, true)]
    [InlineData("https://git.test/shop.git", "https://git.test/shop.git", null, null, false)]
    [InlineData("https://git.test/shop.git#main:deploy", "https://git.test/shop.git", "main", "deploy", false)]
    [InlineData("git@git.test:me/shop.git#" + Commit, "git@git.test:me/shop.git", Commit, null, true)]
    [InlineData("github.com/me/shop#" + Commit + ":a/compose.yaml", "https://github.com/me/shop", Commit, "a/compose.yaml", true)]
    public void Names_of_other_machines_are_recognized(string text, string address, string? version, string? folder, bool isPinned)
    {
        RemoteReference reference = RemoteReference.Of(text)!;

        Assert.Equal((address, version, folder, isPinned), (reference.Address, reference.Version, reference.Folder, reference.IsPinned));
    }

    [Theory]
    [InlineData("other.yaml")]
    [InlineData("./oci/compose.yaml")]
    [InlineData("https://web.test/compose.yaml")]
    [InlineData("C:\\x\\compose.yaml")]
    [InlineData("")]
    public void Paths_of_this_machine_are_not(string path) => Assert.Null(RemoteReference.Of(path));

    [Theory]
    [InlineData("include: [\"oci://registry.test/shop@" + Digest + "\"]", 1)]
    [InlineData("services:\n  a: { extends: { file: \"https://git.test/shop.git#" + Commit + "\", service: remote } }", 2)]
    public void A_pinned_file_of_another_machine_is_read_if_that_is_allowed(string text, int line)
    {
        var files = new LocalFiles(_folder);

        Assert.Contains("remote", Load(text, files).Services.Values.Select(service => service.Image));
        Assert.Single(files.Fetched);

        var fault = Assert.Throws<ComposeException>(() => Load(text, null));
        Assert.Equal((ComposeErrorId.RemoteNotAllowed, line), (fault.Id, fault.Line));
    }

    [Theory]
    [InlineData("include: [\"oci://registry.test/shop:1\"]")]
    [InlineData("include: [{ path: \"https://git.test/shop.git#main\" }]")]
    public void A_file_must_pin_what_it_includes(string text)
    {
        var files = new LocalFiles(_folder);

        var fault = Assert.Throws<ComposeException>(() => Load(text, files));

        Assert.Equal((ComposeErrorId.RemoteNotPinned, 1), (fault.Id, fault.Line));
        Assert.Empty(files.Fetched);
    }

    [Fact]
    public void The_user_need_not_pin_what_the_command_names()
    {
        var request = new ComposeRequest { WorkingDirectory = _folder, Files = ["oci://registry.test/shop:1"], ProjectName = "shop", Remote = new LocalFiles(_folder) };

        Assert.Equal("remote", Assert.Single(ComposeLoader.Load(request, CancellationToken.None).Services).Value.Image);
        Assert.Equal(ComposeErrorId.RemoteNotAllowed, Assert.Throws<ComposeException>(() => ComposeLoader.Load(request with { Remote = null }, CancellationToken.None)).Id);
    }

    private ComposeProject Load(string text, IRemoteFiles? files)
    {
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), text);
        return ComposeLoader.Load(new ComposeRequest { WorkingDirectory = _folder, ProjectName = "lab", Remote = files }, CancellationToken.None);
    }

    private sealed class LocalFiles(string folder) : IRemoteFiles
    {
        public List<RemoteReference> Fetched { get; } = [];

        public string Fetch(RemoteReference reference, CancellationToken token)
        {
            Fetched.Add(reference);
            string file = Path.Combine(folder, "fetched.yaml");
            File.WriteAllText(file, "services: { remote: { image: remote } }");
            return file;
        }
    }
}
