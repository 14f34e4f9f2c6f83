using ComposeLab.Engine.Images.Memory;
using ComposeLab.Engine.Tests.Images.Context;

namespace ComposeLab.Engine.Tests.Images.Memory;

public sealed class BuildRecordsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_many_records_the_oldest_go_and_so_does_what_was_left_half_written()
    {
        var records = new BuildRecords(_folder.Path);
        for (int number = 0; number < 205; number++)
        {
            File.SetLastWriteTimeUtc(_folder.Write($"old{number}.json"), DateTime.UtcNow.AddDays(-number - 1));
        }

        File.SetLastWriteTimeUtc(_folder.Write("killed.json.1.new"), DateTime.UtcNow.AddHours(-2));
        _folder.Write("writing.json.2.new");
        _folder.Write("of the user.txt");

        Assert.Null(records.Write("new", Record("RUN true")));

        string[] left = [.. Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.Equal(200, left.Count(name => name.EndsWith(".json", StringComparison.Ordinal)));
        Assert.Contains("old198.json", left);
        Assert.DoesNotContain("old199.json", left);
        Assert.Equal(["of the user.txt", "writing.json.2.new"], left.Where(name => !name.EndsWith(".json", StringComparison.Ordinal)));
        Assert.Equal("RUN true", records.Read("new")!.Steps[0].Instruction);
    }

    [Fact]
    public void A_record_that_would_be_large_is_not_kept_nor_is_the_one_before()
    {
        var records = new BuildRecords(_folder.Path);
        Assert.Null(records.Write("build", Record("RUN true")));

        Assert.NotNull(records.Write("build", Record(new string('x', 300_000))));

        Assert.Null(records.Read("build"));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static RememberedBuild Record(string instruction) => new()
    {
        Options = "0",
        Context = "0",
        Image = "sha256:0",
        Bases = [],
        Steps = [new RememberedStep("", 1, 1, instruction, null)],
    };
}
