using System.Formats.Tar;
using System.Text;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Tests.Execution;

public sealed class ContainerFilesTests
{
    [Theory]
    [InlineData("/etc/app.conf", 0, 0b100_100_100)]
    [InlineData("/etc/app.conf", 2_097_152, 0b111_111_111_111)]
    [InlineData("/etc/app.conf", int.MaxValue, 0)]
    [InlineData("/run/secrets/größe-密码", 1000, 0b100_000_000)]
    [InlineData("/a-very-long-name/that-is-longer-than-the-hundred-bytes-of-the-old-format/and/then/some/more/of/it/so-that/it-does-not/fit/anywhere/at-all/app.conf", 1, 0b100_100_100)]
    public async Task A_file_arrives_with_its_path_owner_and_mode(string path, int owner, int mode)
    {
        using MemoryStream archive = await ContainerFiles.ArchiveAsync(
            [new ContainerFile(path, Encoding.UTF8.GetBytes("content"), mode, owner, owner)], CancellationToken.None);
        await using var reader = new TarReader(archive);

        var entry = Assert.IsType<PaxTarEntry>(await reader.GetNextEntryAsync());

        Assert.Equal(path.TrimStart('/'), entry.Name);
        Assert.Equal((owner, owner), (entry.Uid, entry.Gid));
        Assert.Equal((UnixFileMode)mode, entry.Mode);
        Assert.Equal(7, entry.Length);
    }
}
