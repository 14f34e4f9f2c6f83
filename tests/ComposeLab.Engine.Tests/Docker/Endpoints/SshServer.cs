using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ComposeLab.Engine.Tests.Docker.Endpoints;

/// <summary>
/// A real ssh server (Debian's openssh-server) on loopback ports, with keys made for the tests, and an ssh configuration with a name for each way to use it. The
/// machine's users and its ssh configuration are not touched: the server sees its own user list in a mount namespace.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SshServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("composelab-sshd-").FullName;
    private readonly List<Process> _servers = [];
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    /// <summary>Starts the servers, and makes their names known to the ssh program of this process.</summary>
    public SshServer()
    {
        Keygen("host");
        Keygen("other");
        Keygen("user");
        Keygen("stranger");
        File.Copy(At("user.pub"), At("authorized_keys"));
        int open = Start("open", "");
        int closed = Start("closed", "AllowStreamLocalForwarding no\nAllowTcpForwarding no\n");
        string host = File.ReadAllText(At("host.pub"));
        string other = File.ReadAllText(At("other.pub"));
        File.WriteAllText(At("known"), $"[127.0.0.1]:{open} {host}[127.0.0.1]:{closed} {host}");
        File.WriteAllText(At("changed"), $"[127.0.0.1]:{open} {other}");
        File.WriteAllText(
            At("config"),
            Alias("lab-open", open, "user", "known") + Alias("lab-closed", closed, "user", "known") + Alias("lab-unknown", open, "user", "none")
                + Alias("lab-changed", open, "user", "changed") + Alias("lab-stranger", open, "stranger", "known") + Alias("lab-gone", FreePort(), "user", "known"));

        string program = Directory.CreateDirectory(At("bin")).FullName;
        File.WriteAllText(Path.Combine(program, "ssh"), $"#!/bin/sh\nexec '{Find("ssh")}' -F '{At("config")}' \"$@\"\n");
        File.SetUnixFileMode(Path.Combine(program, "ssh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", program + Path.PathSeparator + _path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        foreach (Process server in _servers)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends the connections to a server, as a lost network does.</summary>
    /// <param name="name">The server: <c>open</c> or <c>closed</c>.</param>
    public void EndConnections(string name)
    {
        string[] children = File.ReadAllText($"/proc/{_servers[name == "open" ? 0 : 1].Id}/task/{_servers[name == "open" ? 0 : 1].Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string child in children)
        {
            using var process = Process.GetProcessById(int.Parse(child, CultureInfo.InvariantCulture));
            process.Kill(entireProcessTree: true);
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Alias(string name, int port, string key, string known) =>
        $"Host {name}\n  HostName 127.0.0.1\n  Port {port}\n  User root\n  IdentityFile {At(key)}\n  IdentitiesOnly yes\n  UserKnownHostsFile {At(known)}\n  GlobalKnownHostsFile /dev/null\n";

    private void Keygen(string name)
    {
        using Process process = Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", At(name)]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private int Start(string name, string more)
    {
        string program = Find("sshd");
        int port = FreePort();
        File.WriteAllText(
            At(name + ".conf"),
            $"Port {port}\nListenAddress 127.0.0.1\nHostKey {At("host")}\nAuthorizedKeysFile {At("authorized_keys")}\nPermitRootLogin yes\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPidFile none\nMaxStartups 100\n{more}");
        File.WriteAllText(At("passwd"), string.Concat(File.ReadLines("/etc/passwd").Where(line => !line.StartsWith("sshd:", StringComparison.Ordinal)).Select(line => line + "\n")) + "sshd:x:64999:65534::/run/sshd:/usr/sbin/nologin\n");
        string libraries = string.Join(':', Directory.Exists(Path.Combine(Path.GetDirectoryName(program)!, "../lib"))
            ? Directory.EnumerateDirectories(Path.Combine(Path.GetDirectoryName(program)!, "../lib"), "*-linux-gnu") : []);
        var start = new ProcessStartInfo(
            "unshare", ["--mount", "sh", "-c", "mkdir -p /run/sshd && mount --bind \"$1\" /etc/passwd && exec \"$2\" -D -e -f \"$3\"", "sh", At("passwd"), program, At(name + ".conf")])
        {
            RedirectStandardError = true,
        };
        start.Environment["LD_LIBRARY_PATH"] = libraries;
        Process server = Process.Start(start)!;
        _servers.Add(server);
        for (string? line = server.StandardError.ReadLine(); line?.Contains("Server listening", StringComparison.Ordinal) != true; line = server.StandardError.ReadLine())
        {
            Assert.True(line is not null, "The ssh server ended.");
        }

        _ = server.StandardError.ReadToEndAsync();
        return port;
    }

    private string Find(string program) => (_path ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"These tests need the program {program}: ./lab test fetches it.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
