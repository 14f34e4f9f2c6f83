using System.Buffers.Binary;
using System.Text;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Docker;

public sealed class LogDecoderTests
{
    private const string Stamp = "2024-01-02T03:04:05.123456789Z ";
    private const int MessageBytes = 16 * 1024;

    private static readonly DateTimeOffset Time = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1_234_567);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void A_long_line_is_joined_for_any_split_of_its_bytes(int piece)
    {
        // Three bytes each: the engine cuts in the middle of a character.
        string text = string.Concat(Enumerable.Repeat("€uro ", 10_000));
        byte[] bytes = Encoding.UTF8.GetBytes(text + "\n");

        byte[] framed = [.. Messages(bytes).SelectMany(message => Frame(1, message))];
        byte[] plain = [.. Messages(bytes).SelectMany(message => message)];

        Assert.Equal([new LogLine(Time, false, text)], Decode(framed, isFramed: true, piece));
        Assert.Equal([new LogLine(Time, false, text)], Decode(plain, isFramed: false, piece));
    }

    [Fact]
    public void Streams_are_kept_apart_even_if_their_parts_are_interleaved()
    {
        byte[] log =
        [
            .. Frame(1, Message("out one")), .. Frame(2, Message("error\n")), .. Frame(1, Message(" and two\n")), .. Frame(1, Message("\n")), .. Frame(2, Message("no end")),
        ];

        Assert.Equal(
            [new LogLine(Time, true, "error"), new LogLine(Time, false, "out one and two"), new LogLine(Time, false, ""), new LogLine(Time, true, "no end")],
            Decode(log, isFramed: true, 5));
    }

    [Fact]
    public void A_message_of_the_engine_itself_is_a_fault_and_no_line()
    {
        var decoder = new LogDecoder(isFramed: true);
        var lines = new List<LogLine>();
        decoder.Add([.. Frame(1, Message("text\n")), .. Frame(3, Encoding.UTF8.GetBytes("Error grabbing logs: rpc error: code = Unknown desc = warning: incomplete log stream\n"))], lines);
        decoder.Finish(lines);

        Assert.Equal(["text"], lines.Select(line => line.Text));
        Assert.Equal("warning: incomplete log stream", decoder.Fault);
    }

    [Theory]
    [InlineData("2024-01-02T03:04:05.123456789Z", 1_234_567)]
    [InlineData("2024-01-02T03:04:05Z", 0)]
    [InlineData("2024-01-02T05:04:05.5+02:00", 5_000_000)]
    public void Times_are_read_in_the_forms_that_engines_use_and_never_rounded_up(string stamp, long ticks)
    {
        LogLine line = Assert.Single(Decode(Frame(1, Encoding.UTF8.GetBytes($"{stamp} text\n")), isFramed: true, int.MaxValue));

        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(ticks), line.Time);
        Assert.Equal("text", line.Text);
    }

    [Theory]
    [InlineData("no time here")]
    [InlineData("2024-13-45T99:99:99Z text")]
    [InlineData("2024-01-02T03:04:05.123456789")]
    public void Text_without_a_time_is_kept_whole(string text)
    {
        LogLine line = Assert.Single(Decode(Frame(1, Encoding.UTF8.GetBytes(text + "\n")), isFramed: true, 3));

        Assert.Equal(new LogLine(default, false, text), line);
    }

    [Fact]
    public void Two_hundred_thousand_lines_need_no_additional_memory()
    {
        byte[] frame = Frame(1, Message("a line of a log\n"));
        var decoder = new LogDecoder(isFramed: true);
        List<LogLine> lines = new(200_000);
        decoder.Add(frame, lines);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int index = 1; index < 200_000; index++)
        {
            decoder.Add(frame, lines);
        }

        Assert.Equal(200_000, lines.Count);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 200_000, 0, 150);
    }

    private static IEnumerable<byte[]> Messages(byte[] bytes) => bytes.Chunk(MessageBytes).Select(chunk => (byte[])[.. Encoding.ASCII.GetBytes(Stamp), .. chunk]);

    private static byte[] Message(string text) => Encoding.UTF8.GetBytes(Stamp + text);

    private static byte[] Frame(byte stream, byte[] message)
    {
        byte[] header = new byte[8];
        header[0] = stream;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), message.Length);
        return [.. header, .. message];
    }

    private static List<LogLine> Decode(byte[] bytes, bool isFramed, int piece)
    {
        var decoder = new LogDecoder(isFramed);
        List<LogLine> lines = [];
        foreach (byte[] part in bytes.Chunk(Math.Min(piece, bytes.Length)))
        {
            decoder.Add(part, lines);
        }

        decoder.Finish(lines);
        return lines;
    }
}
