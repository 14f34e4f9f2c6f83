using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Tests.Normalizing;

/// <summary>The path rules of both kinds of hosts. Those of Windows are what the reference answers there.</summary>
public sealed class HostPathsTests : IDisposable
{
    private static readonly HostPaths Windows = new(IsWindows: true);
    private static readonly HostPaths Unix = new(IsWindows: false);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-paths-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(@"C:\p\a", @".\x", @"C:\p\a\x")]
    [InlineData(@"C:\p\a", "./a/../b/", @"C:\p\a\b")]
    [InlineData(@"C:\p\a", @"\rooted", @"C:\p\a\rooted")]
    [InlineData(@"C:\p\a", "C:rel", @"C:\p\a\C:rel")]
    [InlineData(@"C:\p\a", "../../../x", @"C:\x")]
    [InlineData(@"C:\", "x", @"C:\x")]
    [InlineData(@"C:\users\root", "", @"C:\users\root")]
    [InlineData(@"C:\users\root", "/home", @"C:\users\root\home")]
    [InlineData(@"\\srv\share\p", @"..\..\x", @"\\srv\share\x")]
    [InlineData(@"\\srv\share", "", @"\\srv\share")]
    [InlineData("", "a//b", @"a\b")]
    public void A_path_below_a_folder_is_cleaned_as_Windows_does(string directory, string path, string expected) => Assert.Equal(expected, Windows.Join(directory, path));

    [Theory]
    [InlineData(@"C:\shop\sub\two.yaml", "sub/two.yaml", true)]
    [InlineData(@"C:\shop\sub\two.yaml", @".\SUB\two.yaml", true)]
    [InlineData(@"C:\shop\sub\two.yaml", "two.yaml", true)]
    [InlineData(@"C:\shop\sub\two.yaml", "wo.yaml", false)]
    [InlineData(@"C:\shop\sub\two.yaml", "other/two.yaml", false)]
    public void A_file_is_found_by_the_end_of_its_path_as_it_was_typed(string path, string end, bool expected)
    {
        Assert.Equal(expected, Windows.EndsWith(path, end));
        var project = new ComposeProject { Name = "shop", WorkingDirectory = @"C:\other", Paths = Windows, ComposeFiles = [path], Tree = new MappingNode([], default!) };
        Assert.Equal(expected ? path : null, project.FileShownAs(end));
        Assert.Equal(@"D:\x.yaml", project.FileShownAs(@"D:\x.yaml"));
    }

    [Fact]
    public void On_Unix_the_end_of_a_path_has_the_same_letters()
    {
        Assert.True(Unix.EndsWith("/shop/sub/two.yaml", "./sub/two.yaml"));
        Assert.False(Unix.EndsWith("/shop/sub/two.yaml", "SUB/two.yaml"));
        Assert.False(Unix.EndsWith(@"/shop/sub\two.yaml", "two.yaml"));
    }

    [Theory]
    [InlineData("/p/a", "./a/../b/", "/p/a/b")]
    [InlineData("/p/a", @"a\b", @"/p/a/a\b")]
    [InlineData("/", "x", "/x")]
    public void A_path_below_a_folder_is_cleaned_as_Unix_does(string directory, string path, string expected) => Assert.Equal(expected, Unix.Join(directory, path));

    [Theory]
    [InlineData(@"C:\a\..\b\", @"C:\b")]
    [InlineData("C:/a//b", @"C:\a\b")]
    [InlineData(@"C:\", @"C:\")]
    [InlineData(@"C:", "C:")]
    [InlineData(@"\a\.\b", @"\a\b")]
    [InlineData("", ".")]
    public void A_clean_path_of_Windows_has_backslashes_and_no_trailing_one(string path, string expected) => Assert.Equal(expected, Windows.Clean(path));

    [Theory]
    [InlineData(@"C:\x", true, false)]
    [InlineData("c:/x", true, false)]
    [InlineData(@"\\srv\share", true, false)]
    [InlineData("/x", false, true)]
    [InlineData(@"\x", false, false)]
    [InlineData("C:x", false, false)]
    [InlineData("x", false, false)]
    public void Only_a_drive_with_a_root_and_a_network_path_need_no_folder_on_Windows(string path, bool onWindows, bool onUnix)
    {
        Assert.Equal(onWindows, Windows.IsAbsolute(path));
        Assert.Equal(onUnix, Unix.IsAbsolute(path));
    }

    [Theory]
    [InlineData(@"C:\Users\x", "/c/Users/x")]
    [InlineData(@"\\srv\share", @"\\srv\share")]
    [InlineData("/c/x", "/c/x")]
    public void A_drive_is_a_folder_for_the_engine_of_a_virtual_machine(string path, string expected) => Assert.Equal(expected, Windows.ToUnix(path));

    [Theory]
    [InlineData(@"C:\p\tail\", "tail")]
    [InlineData("C:/p/tail", "tail")]
    [InlineData(@"C:\", "")]
    public void The_name_of_a_folder_of_Windows_is_its_last_part(string path, string name) => Assert.Equal(name, Windows.NameOf(path));

    [Theory]
    [InlineData(@"C:\Users\x\.ssh", @"c:\users\X", true)]
    [InlineData(@"C:\Users\xy", @"C:\Users\x", false)]
    [InlineData(@"C:\Users\x", @"C:\Users\x\", true)]
    [InlineData("/a/b", "/", null)]
    public void A_folder_holds_what_is_below_it(string path, string folder, bool? onWindows) =>
        Assert.Equal(onWindows ?? true, (onWindows is null ? Unix : Windows).IsAtOrBelow(path, folder));

    [Theory]
    [InlineData(@"C:\p\a", "x.yaml", @"C:\p\a\x.yaml")]
    [InlineData(@"C:\p\a", @"\x.yaml", @"C:\x.yaml")]
    [InlineData(@"C:\p\a", "c:x.yaml", @"C:\p\a\x.yaml")]
    [InlineData(@"C:\p\a", "D:x.yaml", @"D:\x.yaml")]
    [InlineData(@"C:\p\a", "D:/x.yaml", "D:/x.yaml")]
    [InlineData(@"\\srv\share\p", @"\x.yaml", @"\\srv\share\x.yaml")]
    public void A_path_that_was_typed_on_Windows_is_on_the_drive_of_the_current_folder(string directory, string path, string expected) =>
        Assert.Equal(expected, Windows.Full(directory, path));

    [Theory]
    [InlineData(@"C:\p\a", @"c:\P\A\b\c", @"b\c", true)]
    [InlineData(@"C:\p\a", @"C:\p\x", @"..\x", true)]
    [InlineData(@"C:\p\a", @"C:\p\a", ".", true)]
    [InlineData(@"C:\p\a", @"D:\x", @"D:\x", true)]
    [InlineData(@"C:\", @"C:\x", "x", true)]
    [InlineData("/p/a", "/p/b/c", "../b/c", false)]
    [InlineData("/p/a", "/", "../..", false)]
    [InlineData("/", "/x/y", "x/y", false)]
    public void A_path_is_seen_from_a_folder(string folder, string path, string expected, bool onWindows) =>
        Assert.Equal(expected, (onWindows ? Windows : Unix).Relative(folder, path));

    [Theory]
    [InlineData(@"C:\p\a\", @"C:\p")]
    [InlineData(@"C:\p", @"C:\")]
    [InlineData(@"C:\", null)]
    [InlineData(@"\\srv\share", null)]
    public void A_folder_of_Windows_has_a_parent_up_to_its_drive(string path, string? parent) => Assert.Equal(parent, Windows.ParentOf(path));

    [Theory]
    [InlineData("/c/Users/x", @"c:\Users\x")]
    [InlineData("//d/", @"d:\")]
    [InlineData("/c", @"c:\")]
    [InlineData("/etc/hosts", "/etc/hosts")]
    [InlineData(@"\\srv\share", @"\\srv\share")]
    public void A_drive_of_the_virtual_machine_is_a_drive_of_Windows(string path, string expected)
    {
        Assert.Equal(expected, Windows.FromUnix(path));
        Assert.Equal(path, Unix.FromUnix(path));
    }

    [Fact]
    public void Names_of_variables_are_compared_as_on_the_host()
    {
        var request = new ComposeRequest
        {
            WorkingDirectory = _folder.FullName,
            Files = [Write("services: { w: { image: '${image}' } }")],
            Environment = new Dictionary<string, string> { ["Image"] = "a:1" },
            Paths = Windows,
        };

        Assert.Equal("a:1", ComposeLoader.Load(request, CancellationToken.None).Services["w"].Image);
        Assert.ThrowsAny<ComposeException>(() => ComposeLoader.Load(request with { Paths = Unix }, CancellationToken.None));
    }

    [Fact]
    public void The_home_folder_is_the_profile_on_Windows_whatever_HOME_says()
    {
        var environment = new Dictionary<string, string> { ["HOME"] = "/home/x", ["USERPROFILE"] = @"C:\Users\x" };

        Assert.Equal(@"C:\Users\x", Windows.HomeOf(environment));
        Assert.Equal("/home/x", Unix.HomeOf(environment));
        Assert.Null(Unix.HomeOf(new Dictionary<string, string> { ["USERPROFILE"] = @"C:\Users\x" }));
    }

    [Fact]
    public void Separators_of_path_lists_follow_the_host() => Assert.Equal((';', ':'), (Windows.ListSeparator, Unix.ListSeparator));

    [Fact]
    public void Mounts_env_files_and_contexts_of_a_project_on_Windows_are_those_of_the_reference()
    {
        ServiceDefinition service = Load(null).Services["w"];

        Assert.Equal(
            [
                @"\\wsl$\d -> /w", "//c/Users -> /c", "/c/Users -> /cc", @"C:\a\..\b -> /ab", @"C:\p2\a\b -> /ab2", @"d:\ -> /d", "E:/ -> /e",
                @"C:\win -> D:\t", @"C:\p2\a\d -> /d2", @"C:\p2\a\rooted -> /r", @"C:\p2\a\C:rel -> /r2", @"C:\users\root -> /r3", @"C:\users\root -> /r4",
            ],
            service.Volumes.Select(mount => $"{mount.Source} -> {mount.Target}"));
        Assert.Equal(@"C:\p2\a\sub", service.Build!.Context);
    }

    [Fact]
    public void Sources_with_a_drive_are_converted_if_the_user_asks_for_it() => Assert.Equal(
        ["/c/a/../b -> /ab", "/c/p2/a/b -> /ab2", "/d/ -> /d"],
        Load("1").Services["w"].Volumes.Skip(3).Take(3).Select(mount => $"{mount.Source} -> {mount.Target}"));

    private string Write(string text)
    {
        string file = Path.Combine(_folder.FullName, "compose.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    private ComposeProject Load(string? converts)
    {
        string file = Write("""
            name: a
            services:
              w:
                image: a:1
                build: { context: ./sub }
                volumes:
                  - "\\\\wsl$$\\d:/w"
                  - //c/Users:/c
                  - /c/Users:/cc
                  - C:\a\..\b:/ab
                  - ./a/../b/:/ab2
                  - d:\:/d
                  - E:/:/e:ro,z
                  - C:\win:D:\t
                  - ./d/:/d2/
                  - { type: bind, source: \rooted, target: /r }
                  - { type: bind, source: "C:rel", target: /r2 }
                  - { type: bind, source: '~', target: /r3 }
                  - { type: bind, source: "~/", target: /r4 }
            """.ReplaceLineEndings("\r\n"));
        var environment = new Dictionary<string, string> { ["USERPROFILE"] = @"C:\users\root" };
        if (converts is not null)
        {
            environment["COMPOSE_CONVERT_WINDOWS_PATHS"] = converts;
        }

        return ComposeLoader.Load(
            new ComposeRequest { Files = [file], WorkingDirectory = _folder.FullName, ProjectDirectory = @"C:\p2\a", Environment = environment, Paths = Windows }, CancellationToken.None);
    }
}
