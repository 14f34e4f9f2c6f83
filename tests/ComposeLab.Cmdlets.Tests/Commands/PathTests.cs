using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class PathTests : IDisposable
{
    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public PathTests()
    {
        foreach (string name in new[] { "shop-one", "shop-two", "a[1]" })
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, name));
            File.WriteAllText(Path.Combine(_folder.Path, name, "compose.yaml"), $"name: {name.Replace("[1]", "1")}\nservices: {{ web: {{ image: x }} }}\n");
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Show-MergedConfig -Path \"$p/*-one\"", "shop-one")]
    [InlineData("Show-MergedConfig -Path \"$p/*-one/compose.*\"", "shop-one")]
    [InlineData("Show-MergedConfig -Path \"$p/a[1]\"", "a1")]
    [InlineData("Show-MergedConfig -LiteralPath \"$p/a[1]\"", "a1")]
    [InlineData("[IO.DirectoryInfo]::new(\"$p/shop-two\") | Show-MergedConfig", "shop-two")]
    [InlineData("[IO.FileInfo]::new(\"$p/shop-two/compose.yaml\") | Show-MergedConfig", "shop-two")]
    public void A_path_selects_one_project(string command, string name) =>
        Assert.Contains($"name: {name}", string.Join('\n', _session.Run($"param($p) {command}", _folder.Path).Good().Select(line => $"{line}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("shop-*", "PathInvalid")]
    [InlineData("nothing-*", "ComposeFileNotFound")]
    public void Wildcards_that_do_not_match_exactly_one_project_are_rejected(string pattern, string id) =>
        Assert.Equal(id, _session.Run($"param($p) Show-MergedConfig -Path \"$p/{pattern}\"", _folder.Path).ErrorId);
}
