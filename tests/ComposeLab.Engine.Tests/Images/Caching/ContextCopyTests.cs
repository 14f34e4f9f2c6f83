using System.Runtime.Versioning;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Caching;
using ComposeLab.Engine.Tests.Images.Context;

namespace ComposeLab.Engine.Tests.Images.Caching;

[UnsupportedOSPlatform("windows")]
public sealed class ContextCopyTests : IDisposable
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead;
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_change_affects_only_the_copy_and_is_reverted()
    {
        string original = _folder.Write("src/app.py", "print(1)\n");
        File.SetUnixFileMode(original, ReadOnly);
        _folder.Write("Dockerfile", "FROM scratch");
        using ContextCopy copy = Copy();
        string file = Path.Combine(copy.Build.Context, "src/app.py");

        using (copy.Append("src/app.py", FileKinds.Harmless("src/app.py", "mark")))
        {
            Assert.Equal("print(1)\n\n# mark\n", File.ReadAllText(file));
            Assert.Equal(ReadOnly, File.GetUnixFileMode(file));
        }

        Assert.Equal("print(1)\n", File.ReadAllText(file));
        Assert.Equal("print(1)\n", File.ReadAllText(original));
    }

    [Fact]
    public void Only_files_of_the_build_are_copied_and_all_are_removed_at_the_end()
    {
        _folder.Write(".dockerignore", "data\nDockerfile\n");
        _folder.Write("Dockerfile", "FROM scratch");
        _folder.Write("data/large");
        _folder.Write("src/app.py");
        File.CreateSymbolicLink(_folder.Of("src/link.py"), "/etc/hostname");
        ContextCopy copy = Copy();
        string place = copy.Build.Context;

        Assert.Equal([".dockerignore", "src/app.py"], copy.Files);
        Assert.True(File.Exists(Path.Combine(place, "Dockerfile")));
        Assert.False(Directory.Exists(Path.Combine(place, "data")));
        Assert.Equal("/etc/hostname", new FileInfo(Path.Combine(place, "src/link.py")).LinkTarget);
        copy.Dispose();
        Assert.False(Directory.Exists(place));
    }

    [Fact]
    public void The_most_likely_files_are_chosen_and_specified_ones_must_be_part_of_the_context()
    {
        foreach (string file in new[] { "Dockerfile", "src/app.csproj", "src/Directory.Packages.props", "src/Program.cs", "src/Api/Other.cs", "tools/build.sh", "notes.txt" })
        {
            _folder.Write(file);
        }

        _folder.Write(".dockerignore", "secret.py");
        _folder.Write("secret.py");
        using ContextCopy copy = Copy();
        var choice = new ContextChoice(new BuildSpec { Context = _folder.Path }, copy.Files);

        Assert.Equal("src/Program.cs", choice.Code(null));
        Assert.Equal("src/Directory.Packages.props", choice.Dependency(null));
        Assert.Equal("src/Api/Other.cs", choice.Code("./src/Api/"));
        Assert.Equal("notes.txt", choice.Dependency(_folder.Of("notes.txt")));
        Assert.Equal(EngineErrorId.PathNotInContext, Assert.Throws<EngineException>(() => choice.Code("secret.py")).Id);
        Assert.Equal(EngineErrorId.PathNotInContext, Assert.Throws<EngineException>(() => choice.Code("nowhere")).Id);
    }

    [Theory]
    [InlineData("a.cs", "\n// m\n")]
    [InlineData("a.csproj", "\n<!-- m -->\n")]
    [InlineData("requirements.txt", "\n# m\n")]
    [InlineData("go.mod", "\n// m\n")]
    [InlineData("Gemfile", "\n# m\n")]
    [InlineData("a.sql", "\n-- m\n")]
    public void A_change_is_a_comment_if_the_file_type_has_comments(string path, string expected) =>
        Assert.Equal(expected, FileKinds.Harmless(path, "m"));

    [Theory]
    [InlineData("package.json")]
    [InlineData("packages.lock.json")]
    [InlineData("data")]
    public void Otherwise_it_is_white_space_that_differs_in_each_run(string path)
    {
        string one = FileKinds.Harmless(path, Guid.NewGuid().ToString("N"));

        Assert.True(string.IsNullOrWhiteSpace(one));
        Assert.NotEqual(one, FileKinds.Harmless(path, Guid.NewGuid().ToString("N")));
    }

    private ContextCopy Copy() => ContextCopy.Of(new BuildSpec { Context = _folder.Path }, CancellationToken.None);
}
