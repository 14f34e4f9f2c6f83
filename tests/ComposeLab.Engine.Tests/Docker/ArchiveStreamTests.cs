using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Docker;

public sealed class ArchiveStreamTests
{
    [Fact]
    public async Task A_read_of_no_bytes_does_not_reach_the_connection_and_a_synchronous_read_works()
    {
        await using var stream = new ArchiveStream(new ChunkedStream());

        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));
        Assert.Equal(1, stream.Read(new byte[1], 0, 1));
        Assert.Equal(2, await stream.ReadAsync(new byte[2]));
    }

    /// <summary>Behaves like the client library's stream of an answer in chunks.</summary>
    private sealed class ChunkedStream : MemoryStream
    {
        private readonly MemoryStream _bytes = new([1, 2, 3]);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            buffer.IsEmpty ? throw new EndOfStreamException() : ValueTask.FromResult(_bytes.Read(buffer.Span));
    }
}
