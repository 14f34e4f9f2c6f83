using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>A server on a socket that answers like an engine, except for one misbehavior. It simulates proxies, other servers, broken and malicious engines.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    /// <summary>The id of its only container.</summary>
    public static readonly string Container = new('a', 64);

    private const string Version = """{"ApiVersion":"1.43","Version":"24.0.0","Os":"linux","Arch":"amd64"}""";
    private const string Labels = """{"com.docker.compose.project":"fake","com.docker.compose.service":"web","com.docker.compose.config-hash":"abc"}""";
    private const string Stamp = "2024-01-01T00:00:00.000000000Z ";

    private static readonly string FirstLine = Encoding.ASCII.GetString(Frame(Stamp + "first\n"));

    private static readonly string Row =
        $$$"""{"Id":"{{{Container}}}","Names":["/fake-web-1"],"Image":"x","State":"running","Status":"Up","Labels":{{{Labels}}}}""";

    private static readonly string Details =
        $$$"""{"Id":"{{{Container}}}","Name":"/fake-web-1","Image":"sha256:b","Created":"2024-01-01T00:00:00Z","State":{"Status":"running","Running":true},"Config":{"Labels":{{{Labels}}},"Tty":false},"HostConfig":{"LogConfig":{"Type":"json-file"} }}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-fake-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _misbehavior;
    private readonly Task _serving;
    private int _hanging;

    /// <summary>Starts to listen.</summary>
    /// <param name="misbehavior">What it does wrong; empty for nothing.</param>
    public FakeEngine(string misbehavior)
    {
        _misbehavior = misbehavior;
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, "docker.sock")));
        _listener.Listen();
        _serving = ServeAsync();
    }

    /// <summary>Whether it lets somebody wait for an answer that never comes.</summary>
    public bool IsHanging { get; private set; }

    /// <summary>Completes when everybody who waited for such an answer has closed the connection.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary>Its address.</summary>
    public string Host => $"unix://{_folder.FullName}/docker.sock";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _folder.Delete(recursive: true);
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> answers = [];
        try
        {
            while (true)
            {
                answers.Add(AnswerAsync(await _listener.AcceptAsync(_end.Token)));
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            string path = await ReadPathAsync(stream);
            bool isVersion = path.EndsWith("/version", StringComparison.Ordinal);
            bool isList = path.Contains("/containers/json", StringComparison.Ordinal);
            bool isLog = path.Contains("/logs", StringComparison.Ordinal);
            bool isBuild = path.Contains("/build", StringComparison.Ordinal);
            await (_misbehavior switch
            {
                "garbage" => SendAsync(stream, new string('\u0001', 4096)),
                "half header" => HangAfterAsync(stream, "HTTP/1.1 200 OK\r\nContent-Ty"),
                "silence" => HangAfterAsync(stream, ""),
                "html" => JsonAsync(stream, "<html><body>\u001b[31mproxy error</body></html>"),
                "redirect" => SendAsync(stream, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n"),
                "error" => JsonAsync(stream, """{"message":"boom"}""", "500 Internal Server Error"),
                "large error" => JsonAsync(stream, new string('e', 5_000_000), "500 Internal Server Error"),
                "version null" when isVersion => JsonAsync(stream, "null"),
                "version array" when isVersion => JsonAsync(stream, "[1,2]"),
                "version of wrong types" when isVersion => JsonAsync(stream, """{"ApiVersion":1.43,"Version":{}}"""),
                "version without end" when isVersion => EndlessAsync(stream, "{\"Version\":\"", new string('a', 65536)),
                "API 1.44 to 1.52" when isVersion => JsonAsync(stream, """{"ApiVersion":"1.52","MinAPIVersion":"1.44","Version":"29.0.0","Os":"linux","Arch":"amd64"}"""),
                "API 1.52 to 1.60" when isVersion => JsonAsync(stream, """{"ApiVersion":"1.60","MinAPIVersion":"1.52","Version":"31.0.0","Os":"linux","Arch":"amd64"}"""),
                "API 1.44 to 1.52" when !path.StartsWith("/v1.51/", StringComparison.Ordinal) => JsonAsync(stream, """{"message":"client version is too old"}""", "400 Bad Request"),
                _ when isVersion => JsonAsync(stream, Version),
                "silence after version" => HangAfterAsync(stream, ""),
                "list of silence" when isList => HangAfterAsync(stream, ""),
                "list drop by drop" when isList => HangAfterAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[ "),
                "list closed" when isList => Task.CompletedTask,
                "half list" when isList => SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[{\"Id\":\"abc"),
                "list of words" when isList => JsonAsync(stream, "this is not json"),
                "list of wrong type" when isList => JsonAsync(stream, """{"a":1}"""),
                "list null" when isList => JsonAsync(stream, "null"),
                "list of nulls" when isList => JsonAsync(stream, """[null,{"Id":null,"Names":null,"Labels":null}]"""),
                "list out of range" when isList => JsonAsync(stream, """[{"Id":"x","Names":[],"Ports":null,"State":null,"Created":-99999999999999}]"""),
                "deep list" when isList => JsonAsync(stream, new string('[', 100_000)),
                "list without end" when isList => EndlessAsync(stream, "[", string.Concat(Enumerable.Repeat(Row + ",", 100))),
                _ when isList => JsonAsync(stream, $"[{Row}]"),
                "log of one line" when isLog => LogAsync(stream, 20),
                "log of silence" when isLog => HangAfterAsync(stream, ""),
                "log that stops" when isLog => HangAfterAsync(stream, $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{FirstLine.Length:x}\r\n{FirstLine}\r\n"),
                "log without frames" when isLog => ChunksAsync(stream, ["GARBAGE NOT A FRAME\n"u8.ToArray()]),
                "log cut off" when isLog => SendAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                _ when isLog => LogAsync(stream, 0),
                "build of words" when isBuild => JsonAsync(stream, "not json at all\n{\"stream\":"),
                "build of nulls" when isBuild => JsonAsync(stream, "null\n{\"stream\":null}\n[]\n{\"aux\":5}\n"),
                "build line without end" when isBuild => EndlessAsync(stream, "{\"stream\":\"", new string('z', 1_000_000)),
                "no misbehavior" when path.EndsWith("/networks", StringComparison.Ordinal) || path.Contains("/images/", StringComparison.Ordinal) => JsonAsync(stream, "[]"),
                "no misbehavior" when path.EndsWith("/volumes", StringComparison.Ordinal) => JsonAsync(stream, "{}"),
                _ when path.Contains($"/containers/{Container}/json", StringComparison.Ordinal) => JsonAsync(stream, Details),
                _ => JsonAsync(stream, """{"message":"not here"}""", "404 Not Found"),
            });
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client has seen enough.
        }
    }

    private async Task<string> ReadPathAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[4096];
        while (!IsComplete(head.ToString()))
        {
            int read = await stream.ReadAsync(one, _end.Token);
            if (read == 0)
            {
                return "";
            }

            head.Append(Encoding.Latin1.GetString(one, 0, read));
        }

        return head.ToString().Split(' ')[1].Split('?')[0] is var path && path.Length > 0 ? path : "/";
    }

    // A body that is not read would break the connection while the client still sends it.
    private static bool IsComplete(string request)
    {
        int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end >= 0 && (!request[..end].Contains("chunked", StringComparison.OrdinalIgnoreCase) || request.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
    }

    private Task SendAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), _end.Token).AsTask();

    private Task JsonAsync(NetworkStream stream, string body, string status = "200 OK") => SendAsync(
        stream, $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    private async Task HangAfterAsync(NetworkStream stream, string text)
    {
        await SendAsync(stream, text);
        Interlocked.Increment(ref _hanging);
        IsHanging = true;
        try
        {
            byte[] ignored = new byte[4096];
            while (await stream.ReadAsync(ignored, _end.Token) > 0)
            {
            }
        }
        finally
        {
            if (Interlocked.Decrement(ref _hanging) == 0 && !_end.IsCancellationRequested)
            {
                _abandoned.TrySetResult();
            }
        }
    }

    private async Task EndlessAsync(NetworkStream stream, string begin, string part)
    {
        await SendAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{begin.Length:x}\r\n{begin}\r\n");
        byte[] chunk = Encoding.UTF8.GetBytes($"{part.Length:x}\r\n{part}\r\n");
        while (true)
        {
            await stream.WriteAsync(chunk, _end.Token);
        }
    }

    private Task LogAsync(NetworkStream stream, int megabytes) => ChunksAsync(
        stream,
        [Frame(Stamp), .. Enumerable.Repeat(Frame(new string('x', 1_000_000)), megabytes), Frame("end\n")]);

    private async Task ChunksAsync(NetworkStream stream, IEnumerable<byte[]> chunks)
    {
        await SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (byte[] chunk in chunks)
        {
            await SendAsync(stream, $"{chunk.Length:x}\r\n");
            await stream.WriteAsync(chunk, _end.Token);
            await SendAsync(stream, "\r\n");
        }

        await SendAsync(stream, "0\r\n\r\n");
    }

    private static byte[] Frame(string text)
    {
        byte[] frame = new byte[8 + text.Length];
        frame[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), text.Length);
        Encoding.ASCII.GetBytes(text, frame.AsSpan(8));
        return frame;
    }
}
