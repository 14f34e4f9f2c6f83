using System.Diagnostics;
using System.Formats.Tar;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Context;

namespace ComposeLab.Engine.Tests.Images.Context;

[UnsupportedOSPlatform("windows")]
public sealed class ContextArchiveTests : IDisposable
{
    private static readonly DateTime Earlier = new(1999, 12, 31, 23, 59, 58, DateTimeKind.Utc);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ignored_files_are_never_opened_and_a_gigabyte_of_them_costs_nothing()
    {
        _folder.Write("Dockerfile", "FROM scratch");
        _folder.Write(".dockerignore", "data\n!data/keep\n");
        _folder.Write("data/keep", new string('k', 1_000_000));
        using FileStream sparse = File.Create(_folder.Of("data/large"));
        sparse.SetLength(1L << 30);

        // A file that is opened like this cannot be opened again: creating the archive would fail if it were read.
        using FileStream held = File.Open(_folder.Write("data/held"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        BuildContext context = Context();

        Assert.Equal(["./", ".dockerignore", "Dockerfile", "data", "data/keep"], Names(context));
        Assert.Equal(1_000_000 + "FROM scratch".Length + "data\n!data/keep\n".Length, context.BytesRead);
    }

    [Fact]
    public void On_Windows_the_mode_bits_and_links_are_those_that_docker_sends_there()
    {
        var plain = new FileInfo(_folder.Write("plain"));
        var readOnly = new FileInfo(_folder.Write("read-only")) { IsReadOnly = true };
        var link = (FileInfo)File.CreateSymbolicLink(_folder.Of("link"), @"sub\plain");
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Gnu, leaveOpen: true))
        {
            var archive = new ContextArchive(tar, new HostPaths(IsWindows: true));
            foreach (FileSystemInfo info in new FileSystemInfo[] { new DirectoryInfo(_folder.Path), plain, readOnly, link })
            {
                using FileStream? content = info is FileInfo { LinkTarget: null } file ? file.OpenRead() : null;
                archive.Add(new ContextEntry(info.Name, info), content);
            }
        }

        buffer.Position = 0;
        using var reader = new TarReader(buffer);
        TarEntry[] entries = [.. Enumerable.Range(0, 4).Select(_ => reader.GetNextEntry(copyData: true)!)];
        Assert.Equal(["755", "755", "555", "777"], entries.Select(entry => Convert.ToString((int)entry.Mode, 8)));
        Assert.Equal("sub/plain", entries[3].LinkName);
    }

    [Theory]
    [InlineData(".dockerignore")]
    [InlineData("Dockerfile")]
    public void An_ignore_file_that_cannot_be_read_is_reported(string name)
    {
        _folder.Write("Dockerfile", "FROM scratch");
        _folder.Write(".dockerignore", "Dockerfile");
        using FileStream held = File.Open(_folder.Of(name), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var fault = Assert.Throws<EngineException>(Context);

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Assert.Contains(_folder.Of(name), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ignored_folder_without_an_exception_is_not_even_listed()
    {
        _folder.Write("Dockerfile");
        _folder.Write(".dockerignore", "a/b\n!c\n");
        _folder.Write("a/b/deep/file");
        var ignore = IgnoreFile.For(_folder.Path, _folder.Of("Dockerfile"));

        Assert.False(ignore.MayKeepInside("a/b"));
    }

    [Fact]
    public void The_same_files_give_the_same_bytes_in_any_folder()
    {
        using var other = new ScratchFolder();
        string longName = $"{new string('d', 90)}/{new string('f', 120)}-Ünïcødé.txt";
        foreach (string name in new[] { "b.txt", "a/z.txt", "a/b.txt", "A.txt", longName, "Dockerfile" })
        {
            File.SetLastWriteTimeUtc(_folder.Write(name, name), Earlier);
        }

        foreach (string name in new[] { "Dockerfile", longName, "A.txt", "a/b.txt", "a/z.txt", "b.txt" })
        {
            File.SetLastWriteTimeUtc(other.Write(name, name), Earlier);
        }

        foreach (ScratchFolder folder in new[] { _folder, other })
        {
            foreach (string directory in Directory.GetDirectories(folder.Path))
            {
                Directory.SetLastWriteTimeUtc(directory, Earlier);
            }
        }

        byte[] here = Bytes(Context());
        byte[] there = Bytes(new BuildContext(new BuildSpec { Context = other.Path }));

        Assert.Equal(here, there);
        Assert.DoesNotContain("PAXHEADERS", Encoding.Latin1.GetString(here), StringComparison.Ordinal);
        Assert.Contains(longName, Names(Context()));
    }

    [Theory]
    [InlineData("1999-12-31T23:59:58Z", "1999-12-31T23:59:58Z")]
    [InlineData("2031-05-06T07:08:09.75Z", "2031-05-06T07:08:09Z")]
    [InlineData("1912-01-01T00:00:00Z", "1970-01-01T00:00:00Z")]
    public void Files_keep_the_second_of_their_last_change(string written, string expected)
    {
        _folder.Write("Dockerfile");
        File.SetLastWriteTimeUtc(_folder.Write("a.txt"), DateTimeOffset.Parse(written, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime);

        TarEntry entry = Entries(Context()).Single(entry => entry.Name == "a.txt");

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), entry.ModificationTime);
    }

    [Fact]
    public void The_first_block_is_a_whole_header_so_that_BuildKit_sees_an_archive()
    {
        _folder.Write(new string('n', 150));
        _folder.Write("Dockerfile");

        byte[] first = Bytes(Context())[..512];

        Assert.Equal((byte)'5', first[156]);
        Assert.Equal("ustar", Encoding.ASCII.GetString(first, 257, 5));
    }

    [Fact]
    public void Links_are_sent_as_links_and_modes_are_kept()
    {
        _folder.Write("Dockerfile");
        string script = _folder.Write("run.sh");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(_folder.Of("link"), "run.sh");
        File.CreateSymbolicLink(_folder.Of("dangling"), "../outside");
        Directory.CreateSymbolicLink(_folder.Of("loop"), ".");
        Directory.CreateDirectory(_folder.Of("empty"));

        Dictionary<string, TarEntry> entries = Entries(Context()).ToDictionary(entry => entry.Name);

        Assert.Equal("run.sh", entries["link"].LinkName);
        Assert.Equal("../outside", entries["dangling"].LinkName);
        Assert.Equal(TarEntryType.SymbolicLink, entries["loop"].EntryType);
        Assert.Equal(TarEntryType.Directory, entries["empty"].EntryType);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, entries["run.sh"].Mode);
    }

    [Fact]
    public void Sockets_and_named_pipes_are_excluded_and_empty_files_are_included()
    {
        _folder.Write("Dockerfile");
        _folder.Write("empty", "");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.Of("socket")));
        Process.Start("mkfifo", [_folder.Of("pipe")]).WaitForExit();

        Assert.True(File.Exists(_folder.Of("pipe")));
        Assert.Equal(["./", "Dockerfile", "empty"], Names(Context()));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_reported()
    {
        _folder.Write("Dockerfile");
        string file = _folder.Write("locked.db");
        using FileStream held = File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var fault = Assert.Throws<EngineException>(() => Bytes(Context()));

        Assert.Equal(EngineErrorId.ImageBuildFailed, fault.Id);
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains(".dockerignore", fault.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 25)]
    [InlineData(10, 4)]
    [InlineData(10, 0)]
    public void A_file_always_has_the_length_in_its_header(int announced, int found)
    {
        using var steady = new SteadyFile(new MemoryStream(Encoding.ASCII.GetBytes(new string('a', found))), announced);
        using var target = new MemoryStream();

        steady.CopyTo(target);

        Assert.Equal(announced, target.Length);
        Assert.Equal(new string('a', Math.Min(found, announced)), Encoding.ASCII.GetString(target.ToArray()).TrimEnd('\0'));
    }

    [Theory]
    [InlineData("ignored")]
    [InlineData("outside")]
    [InlineData("inline")]
    public void A_Dockerfile_outside_the_context_is_sent_too(string where)
    {
        using var outside = new ScratchFolder();
        _folder.Write(".dockerignore", "**");
        string file = where == "outside" ? outside.Write("other.Dockerfile", "FROM scratch") : _folder.Write("Dockerfile", "FROM scratch");
        var context = new BuildContext(new BuildSpec
        {
            Context = _folder.Path,
            Dockerfile = file,
            DockerfileInline = where == "inline" ? "FROM scratch" : null,
        });

        TarEntry entry = Entries(context).Single(entry => entry.Name == context.Dockerfile);

        Assert.Equal("FROM scratch", new StreamReader(entry.DataStream!).ReadToEnd());
    }

    [Fact]
    public void A_missing_context_or_Dockerfile_is_reported_before_anything_is_sent()
    {
        Assert.Equal(EngineErrorId.ImageBuildFailed, Assert.Throws<EngineException>(() => Context()).Id);
        Assert.Equal(
            EngineErrorId.ImageBuildFailed,
            Assert.Throws<EngineException>(() => new BuildContext(new BuildSpec { Context = _folder.Of("nowhere") })).Id);
    }

    private BuildContext Context() => new(new BuildSpec { Context = _folder.Path, Service = "api" });

    private static byte[] Bytes(BuildContext context)
    {
        using var target = new MemoryStream();
        context.WriteTo(target, CancellationToken.None);
        return target.ToArray();
    }

    private static List<string> Names(BuildContext context) => [.. Entries(context).Select(entry => entry.Name)];

    private static List<TarEntry> Entries(BuildContext context)
    {
        var entries = new List<TarEntry>();
        using var tar = new TarReader(new MemoryStream(Bytes(context)));
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }
}
