using System.Threading.Channels;
using ComposeLab.Engine.Watching;

namespace ComposeLab.Engine.Tests.Watching;

public sealed class FileChangesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-changes-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_thousand_changes_at_once_are_one_batch_with_each_path_once()
    {
        var changes = Channel.CreateUnbounded<string>();
        for (int number = 0; number < 3000; number++)
        {
            changes.Writer.TryWrite($"/{number % 1000}");
        }

        changes.Writer.Complete();
        List<IReadOnlyCollection<string>> batches = [];
        await foreach (IReadOnlyCollection<string> batch in FileChanges.BatchAsync(changes.Reader, Patience, Patience, TimeProvider.System, CancellationToken.None))
        {
            batches.Add(batch);
        }

        Assert.Equal(1000, Assert.Single(batches).Count);
    }

    [Fact]
    public async Task Files_of_a_folder_that_is_moved_in_or_created_later_are_seen()
    {
        string staged = Path.Combine(_folder.FullName, "staged");
        string watched = Path.Combine(_folder.FullName, "watched");
        Directory.CreateDirectory(Path.Combine(staged, "deep"));
        await File.WriteAllTextAsync(Path.Combine(staged, "deep", "a.txt"), "a");
        Directory.CreateDirectory(watched);
        using var changes = new FileChanges([watched, Path.Combine(watched, "later", "still")]);

        Directory.Move(staged, Path.Combine(watched, "sub"));
        await SeenAsync(changes, Path.Combine(watched, "sub", "deep", "a.txt"));
        Directory.CreateDirectory(Path.Combine(watched, "later", "still"));
        await File.WriteAllTextAsync(Path.Combine(watched, "later", "still", "b.txt"), "b");
        await SeenAsync(changes, Path.Combine(watched, "later", "still", "b.txt"));
        File.Delete(Path.Combine(watched, "later", "still", "b.txt"));
        await SeenAsync(changes, Path.Combine(watched, "later", "still", "b.txt"));
    }

    [Fact]
    public async Task A_single_file_is_watched_even_if_it_is_replaced()
    {
        string file = Path.Combine(_folder.FullName, "app.conf");
        await File.WriteAllTextAsync(file, "1");
        using var changes = new FileChanges([file]);

        await File.WriteAllTextAsync(file + ".new", "2");
        File.Move(file + ".new", file, overwrite: true);

        await SeenAsync(changes, file);
    }

    private static async Task SeenAsync(FileChanges changes, string path)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (IReadOnlyCollection<string> batch in changes.ReadAsync(limit.Token))
        {
            if (batch.Contains(path))
            {
                return;
            }
        }
    }
}
