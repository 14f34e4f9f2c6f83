using System.Formats.Tar;
using System.Text;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Copying;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Execution;

namespace ComposeLab.Engine.Tests.Copying;

public sealed class ContainerCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-copy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_directory_of_a_container_is_copied(bool isWindows)
    {
        CopyResult result = await CopyAsync("/var/log", isWindows, Entry("log/", null), Entry("log/sub/", null), Entry("log/sub/a", "text"));

        Assert.Equal("text", File.ReadAllText(Path.Combine(_folder, "log", "sub", "a")));
        Assert.Equal((1, 4L), (result.Files, result.Bytes));
        Assert.Equal(["log"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("/var/a:b")]
    [InlineData("/var/nul")]
    [InlineData("/var/a|b")]
    public async Task A_name_that_Windows_cannot_have_is_an_error_there_even_if_it_is_of_a_link(string source)
    {
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => CopyAsync(source, true, Entry("other", "text")));

        Assert.Equal(EngineErrorId.PathInvalid, fault.Id);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        Assert.Equal(1, (await CopyAsync(source, false, Entry("other", "text"))).Files);
    }

    private async Task<CopyResult> CopyAsync(string source, bool isWindows, params TarEntry[] entries)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
            {
                await tar.WriteEntryAsync(entry);
            }
        }

        archive.Position = 0;
        var found = new ContainerPath(source.Split('/')[^1], 4, entries[0].EntryType == TarEntryType.Directory, null);
        (IEngine engine, ScriptedEngine script) = ScriptedEngine.Make();
        script.On(nameof(IEngine.StatContainerPathAsync), _ => Task.FromResult<object?>(found));
        script.On(nameof(IEngine.CopyFromContainerAsync), _ => Task.FromResult<object?>(new ContainerArchive(found, archive)));
        return await new ContainerCopy(engine, _ => { }, new HostPaths(isWindows)).ToLocalAsync("web", source, _folder, followLink: false, CancellationToken.None);
    }

    private static PaxTarEntry Entry(string name, string? content) => content is null
        ? new PaxTarEntry(TarEntryType.Directory, name) { Mode = (UnixFileMode)0b111_101_101 }
        : new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), Mode = (UnixFileMode)0b110_100_100 };
}
