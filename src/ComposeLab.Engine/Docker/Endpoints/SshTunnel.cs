using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Docker;

/// <summary>
/// The way to an engine on another machine through the user's own ssh program, so that his configuration, keys, agent and known hosts apply. One login for each
/// engine and process forwards the engine's socket to a socket in a private folder. Where the other side forbids that, or has its socket elsewhere, every connection
/// runs <c>docker system dial-stdio</c> there, like the docker client does. The ssh program of Windows cannot forward such a socket, so there every connection does.
/// </summary>
internal sealed class SshTunnel : IDisposable
{
    // Printed by the other side after the login.
    private const string Ready = "composelab-ready";
    private const string FolderPrefix = "composelab-ssh-";

    private static readonly ConcurrentDictionary<string, SshTunnel> Tunnels = new(StringComparer.Ordinal);
    // One login at a time for each engine; a machine that does not answer must not delay the others.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Openings = new(StringComparer.Ordinal);

    private readonly EngineEndpoint _endpoint;
    private readonly string _folder;
    private readonly Process _process;
    private readonly SshErrors _errors = new();
    private DialStdioRelay? _relay;

    private SshTunnel(EngineEndpoint endpoint, string folder, Process process)
    {
        _endpoint = endpoint;
        _folder = folder;
        _process = process;
    }

    /// <summary>The local address of the engine.</summary>
    public Uri Address => _relay?.Address ?? new Uri("unix://" + SocketFile(_folder));

    private bool IsAlive => !_process.HasExited;

    /// <summary>Returns the tunnel of this process to an engine; logs in if there is none.</summary>
    /// <param name="endpoint">The engine; its address begins with <c>ssh://</c>.</param>
    /// <param name="limit">How long the login may take.</param>
    /// <param name="token">Cancels the login.</param>
    /// <returns>The tunnel; it stays until the process ends.</returns>
    /// <exception cref="EngineException">EngineUnreachable, EngineNotTrusted, EngineAccessDenied.</exception>
    public static async Task<SshTunnel> OpenAsync(EngineEndpoint endpoint, TimeSpan limit, CancellationToken token)
    {
        string key = endpoint.Address.AbsoluteUri;
        if (Tunnels.TryGetValue(key, out SshTunnel? open) && open.IsAlive)
        {
            return open;
        }

        SemaphoreSlim opening = Openings.GetOrAdd(key, _ => new SemaphoreSlim(1, 1));
        await opening.WaitAsync(token).ConfigureAwait(false);
        try
        {
            if (Tunnels.TryGetValue(key, out open))
            {
                if (open.IsAlive)
                {
                    return open;
                }

                open.Dispose();
            }

            SshTunnel tunnel = await LoginAsync(endpoint, limit, token).ConfigureAwait(false);
            Tunnels[key] = tunnel;
            return tunnel;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Uses the docker program of the other side for every connection from now on.</summary>
    /// <returns>False if it is used already.</returns>
    public bool UseDialStdio()
    {
        if (_relay is not null)
        {
            return false;
        }

        _errors.Clear();
        _relay = new DialStdioRelay(
            OperatingSystem.IsWindows() ? new PipeListener($"{FolderPrefix}{Guid.NewGuid():N}") : new SocketListener(Path.Combine(_folder, "d")),
            () => Start(_endpoint, [], DialCommand(_endpoint.Address)),
            _errors);
        return true;
    }

    /// <summary>The error for a connection that the other side closed, with what ssh or the other side printed.</summary>
    /// <param name="fault">The exception of the connection.</param>
    /// <returns>The error; null if ssh printed nothing.</returns>
    public EngineException? Explain(Exception fault) => _errors.Text is { Length: > 0 } said ? SshErrors.Of(_endpoint, said, fault) : null;

    /// <summary>Ends the connection and removes its folder.</summary>
    public void Dispose()
    {
        _relay?.Dispose();
        End(_process);
        _process.Dispose();
        TryDelete(_folder);
    }

    /// <summary>The arguments of the ssh program.</summary>
    /// <param name="address">The address of the engine.</param>
    /// <param name="options">More options.</param>
    /// <param name="command">The command to run on the other side.</param>
    /// <returns>The arguments, one by one.</returns>
    internal static IReadOnlyList<string> Arguments(Uri address, IReadOnlyList<string> options, string command)
    {
        List<string> arguments =
        [
            // A question would wait for an answer that nobody can give.
            "-o", "BatchMode=yes",
            "-o", "ConnectTimeout=8",
            "-o", "ServerAliveInterval=10",
            "-o", "ServerAliveCountMax=3",
            "-o", "RequestTTY=no",
            "-o", "RemoteCommand=none",
            "-o", "ClearAllForwardings=no",
            .. options,
        ];
        if (address.UserInfo.Length > 0)
        {
            arguments.AddRange(["-l", Uri.UnescapeDataString(address.UserInfo)]);
        }

        if (!address.IsDefaultPort && address.Port > 0)
        {
            arguments.AddRange(["-p", address.Port.ToString(CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(["--", address.IdnHost, command]);
        return arguments;
    }

    /// <summary>The options that forward the engine's socket.</summary>
    /// <param name="address">The address of the engine.</param>
    /// <param name="local">The socket on this machine.</param>
    /// <param name="host">The rules of this machine.</param>
    /// <returns>The options; none on Windows.</returns>
    internal static IReadOnlyList<string> Forwarding(Uri address, string local, HostPaths host) => host.IsWindows
        ? []
        : ["-o", "ExitOnForwardFailure=no", "-o", "StreamLocalBindUnlink=yes", "-L", $"{local}:{RemoteSocket(address) ?? "/var/run/docker.sock"}"];

    /// <summary>The command that connects standard input and output with the engine.</summary>
    /// <param name="address">The address of the engine.</param>
    /// <returns>The command for the shell of the other side.</returns>
    internal static string DialCommand(Uri address) =>
        RemoteSocket(address) is { } socket ? $"docker -H {Quote("unix://" + socket)} system dial-stdio" : "docker system dial-stdio";

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string? RemoteSocket(Uri address) => address.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(address.AbsolutePath) : null;

    private static string SocketFile(string folder) => Path.Combine(folder, "s");

    private static async Task<SshTunnel> LoginAsync(EngineEndpoint endpoint, TimeSpan limit, CancellationToken token)
    {
        RemoveAbandonedFolders();
        string folder = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{FolderPrefix}{Environment.ProcessId}-")).FullName;
        // The command ends when its input does: with this process, however that ends.
        Process process = Start(endpoint, Forwarding(endpoint.Address, SocketFile(folder), HostPaths.Current), $"echo {Ready}; cat >/dev/null");
        var tunnel = new SshTunnel(endpoint, folder, process);
        try
        {
            _ = tunnel._errors.ReadAsync(process.StandardError);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(token);
            timeout.CancelAfter(limit);
            await tunnel.WaitUntilReadyAsync(timeout.Token).ConfigureAwait(false);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => tunnel.Dispose();
            if (OperatingSystem.IsWindows())
            {
                tunnel.UseDialStdio();
            }

            return tunnel;
        }
        catch (Exception fault)
        {
            string said = tunnel._errors.Text;
            tunnel.Dispose();
            if (fault is OperationCanceledException && !token.IsCancellationRequested)
            {
                throw EngineFault.Unreachable(endpoint, string.Create(CultureInfo.InvariantCulture, $"the login did not finish within {limit.TotalSeconds:0} seconds"), fault);
            }

            throw fault is IOException ? SshErrors.Of(endpoint, said, fault) : fault;
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken token)
    {
        // A login message of the other side can come first.
        while (await _process.StandardOutput.ReadLineAsync(token).ConfigureAwait(false) is { } line)
        {
            if (line.TrimEnd('\r') == Ready)
            {
                return;
            }
        }

        await _process.WaitForExitAsync(token).ConfigureAwait(false);
        await _errors.Ended.WaitAsync(token).ConfigureAwait(false);
        throw new IOException("ssh ended");
    }

    private static Process Start(EngineEndpoint endpoint, IReadOnlyList<string> options, string command)
    {
        string program = InstalledProgram.Find("ssh") ?? throw NotStarted(endpoint, "no folder of PATH contains it", null);
        ProcessStartInfo start = InstalledProgram.Redirected(program, Arguments(endpoint.Address, options, command));
        // Without these, ssh and its helpers cannot open a window or ask at the terminal.
        start.Environment["SSH_ASKPASS_REQUIRE"] = "never";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start) ?? throw new IOException("ssh did not start");
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or IOException)
        {
            throw NotStarted(endpoint, fault.Message.TrimEnd('.'), fault);
        }
    }

    private static EngineException NotStarted(EngineEndpoint endpoint, string why, Exception? fault) => new(
        EngineErrorId.EngineUnreachable,
        $"The engine at {endpoint} is reached with the ssh program, which cannot be started: {why}.",
        OperatingSystem.IsWindows()
            ? "Install the OpenSSH client: Add-WindowsCapability -Online -Name OpenSSH.Client"
            : "Install the OpenSSH client, for example: sudo apt-get install openssh-client",
        fault);

    private static void End(Process process)
    {
        try
        {
            process.StandardInput.Close();
            process.Kill();
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            // It has ended.
        }
    }

    // A process that was killed could not remove its folder.
    private static void RemoveAbandonedFolders()
    {
        foreach (string folder in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            string[] parts = Path.GetFileName(folder)[FolderPrefix.Length..].Split('-');
            if (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id) && !Exists(id))
            {
                TryDelete(folder);
            }
        }
    }

    private static bool Exists(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It belongs to another user, or was removed.
        }
    }
}
