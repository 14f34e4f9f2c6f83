using System.Diagnostics;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Docker.Endpoints;

/// <summary>The local address behind which every connection is a program: a socket, and on Windows a named pipe.</summary>
public sealed class DialStdioRelayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-relay-");
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_connection_has_a_program_of_its_own_and_nobody_waits_for_the_other(bool isPipe)
    {
        using var relay = new DialStdioRelay(Listener(isPipe), () => Run("cat"), new SshErrors());
        await using Stream first = await ConnectAsync(relay.Address);
        await using Stream second = await ConnectAsync(relay.Address);

        Assert.Equal("two", await EchoAsync(second, "two"));
        Assert.Equal("one", await EchoAsync(first, "one"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_that_ends_closes_the_connection_after_its_last_byte_and_its_errors_are_kept(bool isPipe)
    {
        var errors = new SshErrors();
        using var relay = new DialStdioRelay(Listener(isPipe), () => Run("echo docker: not found >&2; printf last"), errors);
        await using Stream client = await ConnectAsync(relay.Address);
        using var reader = new StreamReader(client);

        Assert.Equal("last", await reader.ReadToEndAsync(_limit.Token));
        Assert.Equal("docker: not found", errors.Text);
    }

    private ILocalListener Listener(bool isPipe) =>
        isPipe ? new PipeListener($"composelab-test-{Guid.NewGuid():N}"[..28]) : new SocketListener(Path.Combine(_folder.FullName, "s"));

    private async Task<Stream> ConnectAsync(Uri address)
    {
        if (address.Scheme == "npipe")
        {
            var pipe = new NamedPipeClientStream(".", address.Segments[^1], PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            await pipe.ConnectAsync(_limit.Token);
            return pipe;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.AbsolutePath), _limit.Token);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<string> EchoAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), _limit.Token);
        var answer = new byte[text.Length];
        await stream.ReadExactlyAsync(answer, _limit.Token);
        return Encoding.UTF8.GetString(answer);
    }

    private static Process Run(string command) => Process.Start(
        new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
