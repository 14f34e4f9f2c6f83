using System.Formats.Tar;
using System.Text;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Copying;

namespace ComposeLab.Engine.Tests.Copying;

/// <summary>Archives of containers are not trusted.</summary>
public sealed class TreeExtractionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-copy-").FullName;

    private string Root => Path.Combine(_folder, "in", "tree");

    public TreeExtractionTests() => Directory.CreateDirectory(Path.Combine(_folder, "in"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Files_directories_links_modes_and_times_are_kept()
    {
        TreeExtraction tree = await ExtractAsync(Folder("log/"), File("log/a", "text", (UnixFileMode)0b111_000_000), Link("log/l", "a"), Hard("log/h", "log/a"));

        Assert.Equal("text", System.IO.File.ReadAllText(Path.Combine(Root, "a")));
        Assert.Equal("a", new FileInfo(Path.Combine(Root, "l")).LinkTarget);
        Assert.Equal("text", System.IO.File.ReadAllText(Path.Combine(Root, "h")));
        Assert.Equal(DateTime.UnixEpoch.AddDays(1), System.IO.File.GetLastWriteTimeUtc(Path.Combine(Root, "a")));
        Assert.Equal((3, 4L), (tree.Files, tree.Bytes));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((UnixFileMode)0b111_000_000, System.IO.File.GetUnixFileMode(Path.Combine(Root, "a")));
        }
    }

    [Fact]
    public async Task A_single_file_or_link_becomes_the_destination()
    {
        await ExtractAsync(File("a", "text"));

        Assert.Equal("text", System.IO.File.ReadAllText(Root));
    }

    [Theory]
    [InlineData("{0}//in/tree")]
    [InlineData("{0}/in/./tree")]
    [InlineData("{0}/other/../in/tree")]
    public async Task The_destination_can_be_written_in_every_form(string form)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "other"));
        string root = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, _folder);

        TreeExtraction tree = await ExtractAsync(root, HostPaths.Current, Folder("log/"), Folder("log/sub/"), File("log/sub/a", "text"), Link("log/l", "sub"));
        tree.Finish(root, withRoot: true);

        Assert.Equal("text", System.IO.File.ReadAllText(Path.Combine(Root, "l", "a")));
        Assert.Equal([DateTime.UnixEpoch.AddDays(1), DateTime.UnixEpoch.AddDays(1)], new[] { Root, Path.Combine(Root, "sub") }.Select(Directory.GetLastWriteTimeUtc));
    }

    [Fact]
    public void A_user_of_Windows_who_cannot_create_links_is_told_how()
    {
        EngineException? refusal = SymbolicLink.Refusal("/tmp/log/l", new IOException("A required privilege is not held by the client.", unchecked((int)0x80070522)));

        Assert.Equal(EngineErrorId.PathInvalid, refusal?.Id);
        Assert.Contains("Developer Mode", refusal?.Recommendation, StringComparison.Ordinal);
        Assert.Null(SymbolicLink.Refusal("/tmp/log/l", new IOException("There is not enough space on the disk.", unchecked((int)0x80070070))));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("log/../../evil")]
    [InlineData("log/a/../../../evil")]
    public async Task An_entry_outside_of_the_tree_is_an_error(string name)
    {
        await UnsafeAsync(Folder("log/"), File(name, "x"));

        Assert.Equal(["in"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
        Assert.DoesNotContain(Directory.GetFiles(_folder, "evil", SearchOption.AllDirectories), _ => true);
    }

    [Fact]
    public async Task An_absolute_name_is_below_the_destination()
    {
        await ExtractAsync(Folder("/log/"), File("/log/etc/passwd", "x"));

        Assert.True(System.IO.File.Exists(Path.Combine(Root, "etc", "passwd")));
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link()
    {
        string outside = Directory.CreateDirectory(Path.Combine(_folder, "outside")).FullName;

        await UnsafeAsync(Folder("log/"), Link("log/out", outside), File("log/out/evil", "x"));
        Directory.Delete(Root, recursive: true);
        await UnsafeAsync(Folder("log/"), File("log/out/evil", "x"), Link("log/out", outside));

        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Fact]
    public async Task The_root_itself_cannot_be_a_link_with_files_below_it()
    {
        string outside = Directory.CreateDirectory(Path.Combine(_folder, "outside")).FullName;

        await UnsafeAsync(Link("log", outside), File("log/evil", "x"));

        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/hostname")]
    [InlineData("log/missing")]
    public async Task A_hard_link_reads_only_files_of_the_archive(string target)
    {
        System.IO.File.WriteAllText(Path.Combine(_folder, "in", "secret"), "secret");

        await UnsafeAsync(Folder("log/"), Hard("log/h", target));
    }

    [Fact]
    public async Task Devices_and_rights_of_other_users_are_omitted()
    {
        TreeExtraction tree = await ExtractAsync(Folder("log/"), new PaxTarEntry(TarEntryType.Fifo, "log/pipe"), File("log/suid", "x", UnixFileMode.SetUser | UnixFileMode.UserRead));

        Assert.Equal(["log/pipe"], tree.Omitted);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead, System.IO.File.GetUnixFileMode(Path.Combine(Root, "suid")));
        }
    }

    [Fact]
    public async Task An_existing_directory_is_merged_without_following_its_links()
    {
        await ExtractAsync(Folder("log/"), File("log/a", "new"), File("log/sub/b", "new"));
        string target = Directory.CreateDirectory(Path.Combine(_folder, "target")).FullName;
        string outside = Directory.CreateDirectory(Path.Combine(_folder, "outside")).FullName;
        System.IO.File.WriteAllText(Path.Combine(target, "a"), "old");
        System.IO.File.WriteAllText(Path.Combine(target, "kept"), "kept");
        System.IO.File.CreateSymbolicLink(Path.Combine(target, "sub"), outside);

        Assert.Equal(EngineErrorId.PathInvalid, Assert.Throws<EngineException>(() => TreePlacement.Move(Root, target)).Id);
        Assert.Equal("old", System.IO.File.ReadAllText(Path.Combine(target, "a")));
        System.IO.File.Delete(Path.Combine(target, "sub"));
        TreePlacement.Move(Root, target);

        Assert.Equal("new kept new", string.Join(' ', new[] { "a", "kept", "sub/b" }.Select(file => System.IO.File.ReadAllText(Path.Combine(target, file)))));
        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Fact]
    public async Task A_directory_gets_its_mode_when_it_is_in_its_place()
    {
        TreeExtraction tree = await ExtractAsync(new PaxTarEntry(TarEntryType.Directory, "log/") { Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute }, File("log/a", "x"));
        string target = Path.Combine(_folder, "target");

        TreePlacement.Move(Root, target);
        tree.Finish(target, withRoot: true);

        Assert.Equal("x", System.IO.File.ReadAllText(Path.Combine(target, "a")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(target));
            System.IO.File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_file_replaces_a_link_and_not_its_target()
    {
        await ExtractAsync(Folder("log/"), File("log/a", "new"));
        string target = Directory.CreateDirectory(Path.Combine(_folder, "target")).FullName;
        string outside = Path.Combine(_folder, "outside");
        System.IO.File.WriteAllText(outside, "old");
        System.IO.File.CreateSymbolicLink(Path.Combine(target, "a"), outside);

        TreePlacement.Move(Root, target);

        Assert.Equal(("old", "new"), (System.IO.File.ReadAllText(outside), System.IO.File.ReadAllText(Path.Combine(target, "a"))));
    }

    [Theory]
    [InlineData(@"..\..\evil")]
    [InlineData("C:evil")]
    [InlineData("stream:data")]
    [InlineData("nul.txt")]
    [InlineData("ends with dot.")]
    public async Task A_name_that_has_another_meaning_on_Windows_is_rejected_there(string name)
    {
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => ExtractAsync(new HostPaths(IsWindows: true), File($"tree/{name}", "x")));

        Assert.Equal(EngineErrorId.ArchiveUnsafe, fault.Id);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await ExtractAsync(new HostPaths(IsWindows: false), File($"tree/{name}", "x"))).Files);
    }

    private async Task UnsafeAsync(params TarEntry[] entries) =>
        Assert.Equal(EngineErrorId.ArchiveUnsafe, (await Assert.ThrowsAsync<EngineException>(() => ExtractAsync(entries))).Id);

    private Task<TreeExtraction> ExtractAsync(params TarEntry[] entries) => ExtractAsync(HostPaths.Current, entries);

    private Task<TreeExtraction> ExtractAsync(HostPaths host, params TarEntry[] entries) => ExtractAsync(Root, host, entries);

    private static async Task<TreeExtraction> ExtractAsync(string root, HostPaths host, params TarEntry[] entries)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
            {
                entry.ModificationTime = DateTimeOffset.UnixEpoch.AddDays(1);
                await tar.WriteEntryAsync(entry);
            }
        }

        archive.Position = 0;
        var tree = new TreeExtraction(root, host);
        await tree.RunAsync(archive, _ => { }, CancellationToken.None);
        return tree;
    }

    private static PaxTarEntry Folder(string name) => new(TarEntryType.Directory, name) { Mode = (UnixFileMode)0b111_101_101 };

    private static PaxTarEntry File(string name, string content, UnixFileMode mode = UnixFileMode.UserRead) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), Mode = mode };

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static PaxTarEntry Hard(string name, string target) => new(TarEntryType.HardLink, name) { LinkName = target };
}
