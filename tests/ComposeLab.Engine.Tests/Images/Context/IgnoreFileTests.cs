using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Images.Context;

namespace ComposeLab.Engine.Tests.Images.Context;

public sealed class IgnoreFileTests
{
    [Theory]
    [InlineData(@"docs\api\*.md", "docs/api/a.md", true, true)]
    [InlineData(@".\docs\", "docs/api", true, true)]
    [InlineData(@"a\*", "a*", false, true)]
    [InlineData(@"a\*", "a/x", false, false)]
    public void A_backslash_separates_folders_on_Windows_only(string line, string path, bool onWindows, bool expected)
    {
        IgnorePattern pattern = IgnorePattern.Read(line, new HostPaths(onWindows))!;

        Assert.Equal(expected, pattern.Matches(path) || pattern.Matches(path[..Math.Max(0, path.LastIndexOf('/'))]));
    }

    [Theory]
    // A name matches only at the top level, with everything below it.
    [InlineData("log", "log", true)]
    [InlineData("log", "log/today.txt", true)]
    [InlineData("log", "app/log", false)]
    [InlineData("log", "logs", false)]
    [InlineData("/log/", "log/today.txt", true)]
    [InlineData("./a//b/../log", "a/log", true)]
    // One star matches within its folder, a question mark is one letter.
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/README.md", false)]
    [InlineData("*/*.md", "docs/README.md", true)]
    [InlineData("*/*.md", "docs/api/README.md", false)]
    [InlineData("temp?", "temp1", true)]
    [InlineData("temp?", "temp12", false)]
    [InlineData("temp?", "temp/", false)]
    // Two stars are any number of folders, none included.
    [InlineData("**/*.md", "README.md", true)]
    [InlineData("**/*.md", "docs/api/README.md", true)]
    [InlineData("docs/**/x", "docs/x", true)]
    [InlineData("docs/**/x", "docs/a/b/x", true)]
    [InlineData("docs/**/x", "docs/ax", false)]
    [InlineData("docs/**", "docs/a", true)]
    [InlineData("docs/**", "docs", false)]
    [InlineData("**", "anything/at/all", true)]
    [InlineData("**.log", "a/build.log", true)]
    [InlineData("**.log", "a/build.log.txt", false)]
    // Character classes, and literal characters.
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[^a-c].txt", "b.txt", false)]
    [InlineData("[^a-c].txt", "d.txt", true)]
    [InlineData(@"\*.txt", "*.txt", true)]
    [InlineData(@"\*.txt", "a.txt", false)]
    [InlineData(@"\#notes", "#notes", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("a+(b)", "a+(b)", true)]
    [InlineData("ÄÖ*", "ÄÖÜ.txt", true)]
    public void A_pattern_matches_like_in_the_reference(string pattern, string path, bool ignored) =>
        Assert.Equal(ignored, IsIgnored(path, pattern));

    [Theory]
    [InlineData("README.md", false, "*.md", "!README.md")]
    [InlineData("README.md", true, "!README.md", "*.md")]
    [InlineData("README-secret.md", true, "*.md", "!README*.md", "README-secret.md")]
    [InlineData("README-public.md", false, "*.md", "!README*.md", "README-secret.md")]
    [InlineData("src/app.cs", false, "**", "!src")]
    [InlineData("src/bin/app.dll", true, "**", "!src", "**/bin")]
    [InlineData("src/bin/keep/a", false, "**", "!src", "**/bin", "!src/bin/keep")]
    [InlineData("docs/keep/a", false, "docs", "!docs/keep")]
    [InlineData("docs/other", true, "docs", "!docs/keep")]
    [InlineData("a", false, "# a", "", "   ")]
    [InlineData("a", true, "\uFEFFa")]
    [InlineData("a", true, "  a  ")]
    [InlineData("a", false, "a", "!  a")]
    [InlineData("a", false, ".")]
    public void The_last_line_that_matches_decides(string path, bool ignored, params string[] lines) =>
        Assert.Equal(ignored, IsIgnored(path, lines));

    [Theory]
    [InlineData("a\n!\n", 2)]
    [InlineData("a\nb\n[a-\n", 3)]
    public void An_invalid_pattern_is_reported_with_its_place(string text, int line)
    {
        var fault = Assert.Throws<EngineException>(() => IgnoreFile.Read(text.Split('\n'), "/x/.dockerignore"));

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Assert.StartsWith($"/x/.dockerignore:{line}:1:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Dockerfile_s_own_ignore_file_replaces_that_of_the_context()
    {
        using var folder = new ScratchFolder();
        folder.Write(".dockerignore", "a");
        folder.Write("docker/api.Dockerfile.dockerignore", "b");

        var own = IgnoreFile.For(folder.Path, folder.Of("docker/api.Dockerfile"));
        var other = IgnoreFile.For(folder.Path, folder.Of("docker/web.Dockerfile"));

        Assert.True(own.Of("b", own.Root).Ignored);
        Assert.False(own.Of("a", own.Root).Ignored);
        Assert.True(other.Of("a", other.Root).Ignored);
    }

    private static bool IsIgnored(string path, params string[] lines)
    {
        var file = IgnoreFile.Read(lines, ".dockerignore");
        var state = file.Root;
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            state = file.Of(path[..slash], state);
        }

        return path.EndsWith('/') ? state.Ignored : file.Of(path, state).Ignored;
    }
}
