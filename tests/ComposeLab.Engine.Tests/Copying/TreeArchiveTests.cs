using System.Formats.Tar;
using System.Net.Sockets;
using System.Text;
using ComposeLab.Engine.Copying;

namespace ComposeLab.Engine.Tests.Copying;

public sealed class TreeArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-copy-").FullName;

    public TreeArchiveTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        File.WriteAllText(Path.Combine(_folder, "a"), "text");
        File.CreateSymbolicLink(Path.Combine(_folder, "sub", "l"), "../a");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("new", "new/ new/a=text new/sub/ new/sub/l>../a")]
    [InlineData(null, "a=text sub/ sub/l>../a")]
    public void A_tree_is_written_under_its_new_name_or_without_one(string? name, string expected)
    {
        long bytes = 0;

        Assert.Equal(expected, Read(tar => TreeArchive.Write(tar, _folder, name, keepOwners: false, size => bytes += size, _ => { }, CancellationToken.None)));
        Assert.Equal(4, bytes);
    }

    [Fact]
    public void Files_belong_to_root_unless_their_owners_are_kept()
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            TreeArchive.Write(tar, Path.Combine(_folder, "a"), "a", keepOwners: false, _ => { }, _ => { }, CancellationToken.None);
        }

        archive.Position = 0;
        TarEntry entry = new TarReader(archive).GetNextEntry()!;
        Assert.Equal((0, 0), (entry.Uid, entry.Gid));
    }

    [Theory]
    [InlineData("new", "new/ new/a=text new/sub/ new/sub/l>../a")]
    [InlineData(null, "a=text sub/ sub/l>../a")]
    public void The_archive_of_another_container_is_rewritten_from_a_stream_that_cannot_seek(string? name, string expected)
    {
        using var source = new MemoryStream();
        using (var tar = new TarWriter(source, TarEntryFormat.Pax, leaveOpen: true))
        {
            TreeArchive.Write(tar, _folder, "old", keepOwners: false, _ => { }, _ => { }, CancellationToken.None);
        }

        source.Position = 0;
        using var forward = new ForwardStream(source);
        Assert.Equal(expected, Read(tar => TreeArchive.Rewrite(tar, forward, name, _ => { }, CancellationToken.None)));
    }

    [Fact]
    public void Links_that_lead_to_themselves_and_files_from_before_1970_are_written()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "loop"), "loop");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "a"), new DateTime(1960, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(
            "a=text loop>loop sub/ sub/l>../a",
            Read(tar => TreeArchive.Write(tar, _folder, null, keepOwners: false, _ => { }, _ => { }, CancellationToken.None)));
    }

    [Theory]
    [InlineData(true, "a=text sub sub/l>../a")]
    [InlineData(false, "a=text sub/ sub/l>../a")]
    public void Sockets_are_reported_and_not_written(bool keepOwners, string expected)
    {
        string path = Path.Combine(_folder, "socket");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        List<string> omitted = [];

        Assert.Equal(expected, Read(tar => TreeArchive.Write(tar, _folder, null, keepOwners, _ => { }, omitted.Add, CancellationToken.None)));
        Assert.Equal([path], omitted);
    }

    private static string Read(Action<TarWriter> write)
    {
        using var archive = new MemoryStream();
        using (var forward = new ForwardStream(archive))
        using (var tar = new TarWriter(forward, TarEntryFormat.Pax, leaveOpen: true))
        {
            write(tar);
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        List<string> entries = [];
        while (reader.GetNextEntry() is { } entry)
        {
            entries.Add(entry.Name + (entry.EntryType == TarEntryType.SymbolicLink ? ">" + entry.LinkName : entry.DataStream is { } data ? "=" + new StreamReader(data, Encoding.UTF8).ReadToEnd() : ""));
        }

        return string.Join(' ', entries);
    }

    /// <summary>A stream that cannot seek, like a connection.</summary>
    private sealed class ForwardStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
