using System.Net.Sockets;
using System.Text;
using ComposeLab.Engine.Docker;
using Docker.DotNet;

namespace ComposeLab.Engine.Tests.Docker;

/// <summary>The connection of a command that has output only, with a server that sends exactly what each test needs.</summary>
public sealed class OutputConnectionTests : IDisposable
{
    private const string Accepted = "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-output-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public OutputConnectionTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Address));
        _listener.Listen();
    }

    private string Address => Path.Combine(_folder.FullName, "docker.sock");

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(70_000)]
    [InlineData(1_000_000)]
    public async Task Output_and_errors_arrive_unchanged_in_pieces_of_any_size(int piece)
    {
        // Longer than the buffer if the pieces are long.
        byte[] large = [.. Enumerable.Range(0, piece < 1000 ? 300 : 400_000).Select(number => (byte)(number * 7))];
        byte[] sent = [.. Encoding.ASCII.GetBytes(Accepted), .. Frame(1, "first\r\n\r\n"u8), .. Frame(2, "error"u8), .. Frame(1, []), .. Frame(1, large), .. Frame(2, "s"u8)];
        Task serving = ServeAsync(sent.Chunk(piece));
        using OutputConnection connection = await OpenAsync();
        using var output = new MemoryStream();
        using var error = new MemoryStream();

        await connection.CopyAsync(output, error, CancellationToken.None);

        await serving;
        Assert.Equal([.. "first\r\n\r\n"u8, .. large], output.ToArray());
        Assert.Equal("errors", Encoding.ASCII.GetString(error.ToArray()));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(3)]
    public async Task An_engine_that_is_lost_in_the_middle_of_a_piece_is_an_error(int arrived)
    {
        Task serving = ServeAsync([[.. Encoding.ASCII.GetBytes(Accepted), .. Frame(1, "output"u8)[..arrived]]]);
        using OutputConnection connection = await OpenAsync();

        await Assert.ThrowsAsync<EndOfStreamException>(() => connection.CopyAsync(Stream.Null, Stream.Null, CancellationToken.None));

        await serving;
    }

    [Fact]
    public async Task Output_in_another_format_is_an_error()
    {
        Task serving = ServeAsync([Encoding.ASCII.GetBytes(Accepted + "plain text")]);
        using OutputConnection connection = await OpenAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => connection.CopyAsync(Stream.Null, Stream.Null, CancellationToken.None));

        await serving;
    }

    [Theory]
    [InlineData("HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: 31\r\n\r\n{\"message\":\"is not running yet\"}")]
    [InlineData("HTTP/1.1 409 Conflict\r\nConnection: close\r\n\r\n{\"message\":\"is not running yet\"}")]
    public async Task A_rejected_command_is_reported_with_the_words_of_the_engine(string answer)
    {
        Task serving = ServeAsync([Encoding.ASCII.GetBytes(answer)]);

        var rejected = await Assert.ThrowsAsync<DockerApiException>(OpenAsync);

        await serving;
        Assert.Equal(409, (int)rejected.StatusCode);
        Assert.Contains("is not running", rejected.ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 101")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    public async Task A_server_that_does_not_answer_in_HTTP_is_not_an_engine(string answer)
    {
        Task serving = ServeAsync([Encoding.ASCII.GetBytes(answer)]);

        var fault = await Assert.ThrowsAsync<HttpRequestException>(OpenAsync);

        await serving;
        var reported = EngineFault.Of(new EngineEndpoint(new Uri("unix://" + Address), "test"), fault, CancellationToken.None, "") as EngineException;
        Assert.Equal(EngineErrorId.EngineUnreachable, reported?.Id);
    }

    [Fact]
    public async Task A_cancellation_ends_the_wait_for_more_output()
    {
        using var stop = new CancellationTokenSource();
        Task<Socket> accepting = _listener.AcceptAsync();
        Task<OutputConnection> opening = OpenAsync();
        using Socket server = await accepting;
        server.Send(Encoding.ASCII.GetBytes(Accepted));
        using OutputConnection connection = await opening;
        Task copying = connection.CopyAsync(Stream.Null, Stream.Null, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
    }

    [Fact]
    public async Task An_engine_that_never_answers_reaches_the_time_limit() =>
        await Assert.ThrowsAsync<TimeoutException>(() => OpenAsync(TimeSpan.FromMilliseconds(100)));

    private static byte[] Frame(byte stream, ReadOnlySpan<byte> content) =>
        [stream, 0, 0, 0, (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private Task<OutputConnection> OpenAsync() => OpenAsync(Limit);

    private async Task<OutputConnection> OpenAsync(TimeSpan limit)
    {
        var connection = new OutputConnection(new BlockingConnection(Address, handler => handler));
        try
        {
            await connection.StartAsync(new HttpRequestMessage(HttpMethod.Post, "http://engine/exec/id/start"), limit, CancellationToken.None);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private async Task ServeAsync(IEnumerable<byte[]> pieces)
    {
        using Socket server = await _listener.AcceptAsync();
        await server.ReceiveAsync(new byte[8192]);
        foreach (byte[] piece in pieces)
        {
            await server.SendAsync(piece);
        }
    }
}
