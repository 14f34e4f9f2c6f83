using System.Formats.Tar;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Execution;
using ComposeLab.Engine.Watching;

namespace ComposeLab.Engine.Tests.Watching;

public sealed class FileSyncTests : IDisposable
{
    // More than the writer is ahead of its reader.
    private const int Size = 24 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-sync-");
    private readonly (IEngine Engine, ScriptedEngine Script) _made = ScriptedEngine.Make();
    private readonly List<long> _received = [];
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _stop.Dispose();
    }

    [Fact]
    public async Task A_sync_that_is_canceled_completes_the_file_that_it_is_writing_and_sends_no_other()
    {
        _made.Script.With(nameof(IEngine.CopyToContainerAsync), async (arguments, token) =>
        {
            await using var reader = new TarReader((Stream)arguments[2]!, leaveOpen: true);
            TarEntry first = (await reader.GetNextEntryAsync(copyData: false, token))!;
            await first.DataStream!.ReadExactlyAsync(new byte[1000], token);
            await _stop.CancelAsync();
            _received.Add(1000 + await RestAsync(first.DataStream, token));
            while (await reader.GetNextEntryAsync(copyData: false, token) is { } entry)
            {
                _received.Add(entry.Length);
            }

            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SyncAsync("a", "b"));

        Assert.Equal([Size], _received);
    }

    [Fact]
    public async Task A_sync_that_is_canceled_does_not_wait_for_an_engine_that_has_stopped_reading()
    {
        _made.Script.With(nameof(IEngine.CopyToContainerAsync), async (_, token) =>
        {
            await _stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SyncAsync("a"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_not_reported_as_a_lost_engine()
    {
        string file = Path.Combine(_folder.FullName, "a");
        await File.WriteAllTextAsync(file, "text");
        _made.Script.With(nameof(IEngine.CopyToContainerAsync), async (arguments, token) =>
        {
            try
            {
                await ((Stream)arguments[2]!).CopyToAsync(Stream.Null, token);
                return null;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                throw new EngineException(EngineErrorId.EngineUnreachable, "lost", "None.", fault);
            }
        });

        // The path has no form that an archive can hold.
        EngineException fault = await Assert.ThrowsAsync<EngineException>(() => new FileSync(_made.Engine).RunAsync(["id"], [new SyncedPath(file, "")], CancellationToken.None));

        Assert.Equal(EngineErrorId.PathInvalid, fault.Id);
    }

    private async Task SyncAsync(params string[] names)
    {
        foreach (string name in names)
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, name), new byte[Size]);
        }

        await new FileSync(_made.Engine).RunAsync(["id"], [.. names.Select(name => new SyncedPath(Path.Combine(_folder.FullName, name), "/app/" + name))], _stop.Token).WaitAsync(Patience);
    }

    private static async Task<long> RestAsync(Stream stream, CancellationToken token)
    {
        byte[] block = new byte[64 * 1024];
        long total = 0;
        for (int read = 1; read > 0; total += read)
        {
            read = await stream.ReadAsync(block, token);
        }

        return total;
    }
}
