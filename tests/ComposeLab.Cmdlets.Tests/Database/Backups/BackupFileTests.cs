using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Cmdlets.Tests.Progress;
using ComposeLab.Database.Backups;
using ComposeLab.Database.Logins;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Cmdlets.Tests.Database.Backups;

/// <summary>The files of a backup: complete or absent, and every change is noticed.</summary>
public sealed class BackupFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BackupProgress _progress = new(new RecordingOutput(), "test");

    public void Dispose()
    {
        _progress.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("abc", null)]
    [InlineData("ab", "2 bytes")]
    [InlineData("abd", "SHA-256")]
    [InlineData(null, "missing")]
    public async Task A_truncated_altered_or_missing_file_is_a_difference(string? content, string? found)
    {
        _folder.Write("shop.dump.manifest.json", Manifests.Of(Manifests.Shop).Write());
        string path = _folder.Write("shop.dump", content ?? "");
        if (content is null)
        {
            File.Delete(path);
        }

        IReadOnlyList<LabDbDifference> differences = await BackupSource.Open(path, CancellationToken.None).CheckAsync(_progress, CancellationToken.None);

        Assert.Equal(found is null ? 0 : 1, differences.Count);
        Assert.All(differences, difference => Assert.StartsWith(found!, difference.Found, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void A_manifest_that_cannot_be_read_is_an_error(string text)
    {
        _folder.Write("shop.dump.manifest.json", text);

        Assert.Equal(LabErrorId.BackupInvalid, Assert.Throws<LabException>(() => BackupSource.Open(_folder.Write("shop.dump", "abc"), CancellationToken.None)).Id);
    }

    [Fact]
    public void A_manifest_of_a_later_version_is_an_error()
    {
        _folder.Write("shop.dump.manifest.json", (Manifests.Of(Manifests.Shop) with { ManifestVersion = 2 }).Write());

        Assert.Equal(LabErrorId.BackupInvalid, Assert.Throws<LabException>(() => BackupSource.Open(_folder.Write("shop.dump", "abc"), CancellationToken.None)).Id);
    }

    [Fact]
    public void A_backup_can_be_named_by_its_manifest()
    {
        string manifest = _folder.Write("shop.dump.manifest.json", Manifests.Of(Manifests.Shop).Write());

        Assert.EndsWith("shop.dump", BackupSource.Open(manifest, CancellationToken.None).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_to_a_manifest_is_read_from_it()
    {
        BackupManifest manifest = Manifests.Of(Manifests.Shop) with { Verified = new BackupVerdict(DateTimeOffset.UnixEpoch, true) };

        Assert.Equal(manifest.Write(), BackupManifest.Parse("shop.dump", manifest.Write()).Write());
        Assert.Contains("Über", manifest.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_has_no_name_until_it_is_complete_and_only_its_owner_can_read_it()
    {
        string path = _folder.Write("shop.dump", "old");
        await using (var target = BackupTarget.Open(path, LabDbBackupFormat.Custom, _ => { }))
        {
            await target.Stream.WriteAsync("abc"u8.ToArray());
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal([new BackupPart("shop.dump", 3, Manifests.Of(Manifests.Shop).Files[0].Sha256)], await target.CompleteAsync());
            target.Keep();
        }

        Assert.Equal("abc", File.ReadAllText(path));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == PrivateFile.OwnerOnly);
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData(LabDbBackupFormat.Custom)]
    [InlineData(LabDbBackupFormat.Directory)]
    public async Task Nothing_is_left_of_a_backup_that_is_not_completed(LabDbBackupFormat format)
    {
        string path = Path.Combine(Path.GetDirectoryName(_folder.Write("old.dump", "old"))!, "new");
        await using (var target = BackupTarget.Open(path, format, _ => { }))
        {
            await target.Stream.WriteAsync("abc"u8.ToArray());
        }

        Assert.Equal(["old.dump"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_directory_is_written_from_an_archive_and_read_as_one()
    {
        string source = Path.GetDirectoryName(_folder.Write("source/toc.dat", "contents"))!;
        _folder.Write("source/1.dat.gz", "rows");
        string path = Path.Combine(Path.GetDirectoryName(source)!, "backup");
        await using (var target = BackupTarget.Open(path, LabDbBackupFormat.Directory, _ => { }))
        {
            await using Stream archive = PackedFolder.Open(source);
            await archive.CopyToAsync(target.Stream);
            Assert.Equal(["1.dat.gz 4", "toc.dat 8"], (await target.CompleteAsync()).Select(part => $"{part.Name} {part.Bytes}"));
            target.Keep();
        }

        Assert.Equal("contents", File.ReadAllText(Path.Combine(path, "toc.dat")));
        Assert.Equal("rows", File.ReadAllText(Path.Combine(path, "1.dat.gz")));
    }

    [Fact]
    public void A_folder_that_is_not_a_backup_is_never_replaced() => Assert.Equal(
        LabErrorId.FileUnwritable,
        Assert.Throws<LabException>(() => BackupTarget.Open(Path.GetDirectoryName(_folder.Write("photos/a.jpg", "x"))!, LabDbBackupFormat.Directory, _ => { })).Id);

    [Fact]
    public async Task A_full_disk_ends_the_program_and_is_not_reported_as_a_lost_engine()
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On(nameof(IEngine.StartExecAsync), _ => Task.FromResult<object?>(new WritingCommand("pg_dump /usr/bin/pg_dump pg_dump (PostgreSQL) 16.4\n"u8.ToArray())));
        var login = new DatabaseLogin("db", 5432, "shop", null, "shop");
        await using ClientContainer client = await ClientContainer.OpenAsync(engine, "shop-db-1", login, 16, [ClientPrograms.Dump], CancellationToken.None);
        await using var messages = new ClientMessages(_ => { });
        await using var full = new FullDisk();

        LabException fault = await Assert.ThrowsAsync<LabException>(
            () => client.RunAsync(client.Programs.Command(ClientPrograms.Dump, login, []), null, full, messages, CancellationToken.None));

        Assert.Equal(LabErrorId.FileUnwritable, fault.Id);
    }

    [Theory]
    [InlineData(LabDbBackupFormat.Custom)]
    [InlineData(LabDbBackupFormat.Directory)]
    public async Task An_engine_that_is_lost_during_the_dump_is_reported_and_nothing_is_left(LabDbBackupFormat format)
    {
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        var found = new WritingCommand("pg_dump /usr/bin/pg_dump pg_dump (PostgreSQL) 16.4\n"u8.ToArray());
        var lost = new WritingCommand(new byte[3 * HashingStream.BlockSize]) { Fault = new EngineException(EngineErrorId.EngineUnreachable, "lost", "") };
        var commands = new Queue<IExecSession>([found, lost]);
        script.On(nameof(IEngine.StartExecAsync), _ => Task.FromResult<object?>(commands.Dequeue()));
        var login = new DatabaseLogin("db", 5432, "shop", null, "shop");
        string path = Path.Combine(Path.GetDirectoryName(_folder.Write("old.dump", "old"))!, "new");
        await using ClientContainer client = await ClientContainer.OpenAsync(engine, "shop-db-1", login, 16, [ClientPrograms.Dump], CancellationToken.None);
        await using var messages = new ClientMessages(_ => { });
        await using (var target = BackupTarget.Open(path, format, _ => { }))
        {
            EngineException fault = await Assert.ThrowsAsync<EngineException>(
                () => client.RunAsync(client.Programs.Command(ClientPrograms.Dump, login, []), null, target.Stream, messages, CancellationToken.None));

            Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        }

        Assert.Equal(["old.dump"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Blocks_are_written_in_order_and_the_checksum_is_that_of_all_of_them()
    {
        byte[] content = [.. Enumerable.Range(0, (5 * HashingStream.BlockSize) + 3).Select(number => (byte)(number * 31 >> 5))];
        using var disk = new MemoryStream();
        await using var hashing = new HashingStream(disk, _ => { });
        foreach (byte[] piece in content.Chunk(400_001))
        {
            await hashing.WriteAsync(piece);
        }

        Assert.Equal((content.Length, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content)).ToLowerInvariant()), hashing.Complete());
        Assert.True(content.AsSpan().SequenceEqual(disk.ToArray()));
    }

    [Fact]
    public async Task A_disk_that_becomes_full_is_reported_by_a_later_write_and_nobody_waits_for_it_forever()
    {
        await using var hashing = new HashingStream(new SmallDisk(), _ => { });
        byte[] piece = new byte[HashingStream.BlockSize];

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (int block = 0; block < 100; block++)
            {
                await hashing.WriteAsync(piece);
            }

            hashing.Complete();
        });
        Assert.Throws<IOException>(() => hashing.Complete());
    }

    private sealed class SmallDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > 3 * HashingStream.BlockSize)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }

    private sealed class FullDisk : WriteOnlyStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw PrivateFile.Unwritable("/backups/shop.dump", new IOException("No space left on device"));
    }

    /// <summary>A command that prints a text and exits.</summary>
    private sealed class WritingCommand(byte[] text) : IExecSession
    {
        public Exception? Fault { get; init; }

        public async Task CopyOutputAsync(Stream output, Stream error, CancellationToken token)
        {
            await output.WriteAsync(text, token);
            if (Fault is not null)
            {
                throw Fault;
            }
        }

        public Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token) => Task.CompletedTask;

        public void CloseInput()
        {
        }

        public Task ResizeAsync(int width, int height, CancellationToken token) => Task.CompletedTask;

        public Task<int?> ReadExitCodeAsync(CancellationToken token) => Task.FromResult<int?>(0);

        public Task<ExecState> ReadStateAsync(CancellationToken token) => Task.FromResult(new ExecState(0, true));

        public void Dispose()
        {
        }
    }
}
