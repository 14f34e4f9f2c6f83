using System.Formats.Tar;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>The machine's engine with a small image, shared by the tests that need one.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    /// <summary>An image with busybox alone.</summary>
    public const string Image = "composelab-tests/busybox:1";

    private static readonly string[] Applets =
        ["sh", "sleep", "cat", "echo", "touch", "test", "id", "nc", "true", "false", "kill", "ls", "env", "stat", "grep", "mkdir", "rm", "tail", "wget", "ip", "mount", "hostname"];

    private IEngine? _engine;

    /// <summary>The engine.</summary>
    internal IEngine Engine => _engine ?? throw new InvalidOperationException("The fixture is not ready.");

    /// <summary>Whether the engine keeps images in containerd's store. It counts the blocks that files take instead of their bytes.</summary>
    internal bool UsesContainerdStore { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _engine = await EngineConnection.ConnectAsync(TestEngine.Endpoint(), CancellationToken.None);
        await GiveImageAsync(_engine);
        UsesContainerdStore = (await _engine.DescribeAsync(CancellationToken.None)).UsesContainerdStore;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Compares a size in bytes with the one that the engine tells.</summary>
    /// <param name="bytes">The bytes of the files.</param>
    /// <param name="told">What the engine tells.</param>
    internal void AssertSize(long bytes, long? told)
    {
        const long Blocks = 32 * 1024;
        Assert.NotNull(told);
        Assert.InRange(told.Value, bytes, bytes + (UsesContainerdStore ? Blocks : 0));
    }

    /// <summary>Creates the image on an engine.</summary>
    /// <param name="engine">The engine.</param>
    internal static async Task GiveImageAsync(IEngine engine)
    {
        if (await engine.InspectImageAsync(Image, CancellationToken.None) is not null)
        {
            return;
        }

        string? busybox = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "busybox"))
            .FirstOrDefault(File.Exists);
        Assert.True(busybox is not null, "The tests make their image from busybox, which is not on PATH; ./lab test fetches it.");
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            await tar.WriteEntryAsync(busybox!, "bin/busybox");
            foreach (string applet in Applets)
            {
                await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox" });
            }

            foreach (string directory in new[] { "tmp/", "run/", "etc/", "proc/", "sys/", "dev/" })
            {
                await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.Directory, directory));
            }
        }

        archive.Position = 0;
        await engine.ImportImageAsync(archive, Image, ["ENV PATH=/bin", "CMD [\"sleep\", \"600\"]"], CancellationToken.None);
    }
}
