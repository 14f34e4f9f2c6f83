using System.Text;
using ComposeLab.Stacks;

namespace ComposeLab.Cmdlets.Tests.Stacks;

public sealed class CommandOutputTests
{
    [Fact]
    public async Task Complete_lines_are_passed_on_immediately_and_the_text_is_complete()
    {
        List<string> lines = [];
        var output = new CommandOutput(null, null, line =>
        {
            lines.Add(line);
            return null;
        });

        await output.WriteAsync("one\r\ntw"u8.ToArray());
        Assert.Equal(["one"], lines);
        await output.WriteAsync("o\nthr"u8.ToArray());
        Assert.Equal(["one", "two"], lines);
        await output.EndAsync();

        Assert.Equal(["one", "two", "thr"], lines);
        Assert.Equal("one\r\ntwo\nthr", output.Text);
    }

    [Fact]
    public async Task Bytes_go_to_a_file_or_a_consumer_unchanged_and_are_not_converted_to_text()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        using var file = new MemoryStream();
        var taken = new List<byte>();
        var toFile = new CommandOutput(file, null, _ => null);
        var toConsumer = new CommandOutput(null, piece =>
        {
            taken.AddRange(piece);
            return Task.CompletedTask;
        }, _ => null);

        await toFile.WriteAsync(bytes);
        await toConsumer.WriteAsync(bytes);

        Assert.Equal(bytes, file.ToArray());
        Assert.Equal(bytes, taken);
        Assert.Equal(("", ""), (toFile.Text, toConsumer.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("äöü €")]
    public async Task Valid_UTF8_text_is_recognized(string text)
    {
        var output = new CommandOutput(null, null, _ => null);
        await output.WriteAsync(Encoding.UTF8.GetBytes(text));
        Assert.True(output.IsText);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_detected()
    {
        var output = new CommandOutput(null, null, _ => null);
        await output.WriteAsync((byte[])[0x1F, 0x8B, 0xFF]);
        Assert.False(output.IsText);
    }
}
