using System.Security.Cryptography;
using System.Text;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Docker.Endpoints;

/// <summary>Which engine is meant: the docker client's contexts, variables and addresses.</summary>
public sealed class EngineEndpointTests : IDisposable
{
    private static readonly HostPaths Windows = new(IsWindows: true);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-contexts-");
    private readonly Dictionary<string, string> _environment;

    public EngineEndpointTests()
    {
        _environment = new() { ["DOCKER_CONFIG"] = _folder.FullName };
        Write("edge1", "ssh://admin@edge1.example:2222");
        Write("edge2", "tcp://edge2.example:2376", tls: true);
        Write("open", "tcp://edge3.example:2375");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_explicit_context_is_before_DOCKER_HOST_that_is_before_DOCKER_CONTEXT_that_is_before_the_current_one()
    {
        Assert.Equal("default", Resolve().Source);
        File.WriteAllText(Path.Combine(_folder.FullName, "config.json"), """{ "currentContext": "open" }""");
        Assert.Equal("open", Resolve().Name);
        _environment["DOCKER_CONTEXT"] = "edge2";
        Assert.Equal("edge2", Resolve().Name);
        _environment["DOCKER_HOST"] = "unix:///somewhere.sock";
        Assert.Equal("unix:///somewhere.sock", Resolve().Name);
        Assert.Equal("edge1", Resolve("edge1").Name);
        Assert.Equal("/somewhere.sock", Resolve("default").Address.AbsolutePath);
        Assert.Equal("tcp://127.0.0.1:1", Resolve("tcp://127.0.0.1:1").Name);
    }

    [Fact]
    public void The_contexts_are_listed_and_a_broken_one_does_not_hide_them()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "contexts", "meta", "broken")).FullName, "meta.json"), "{");

        Assert.Equal(["edge1", "edge2", "open"], new DockerContexts(_environment).Names);
    }

    [Fact]
    public void The_certificates_of_a_context_encrypt_its_connection()
    {
        EngineTls tls = Assert.IsType<EngineTls>(Resolve("edge2").Tls);

        Assert.True(tls.Verify);
        Assert.EndsWith("ca.pem", tls.CaFile, StringComparison.Ordinal);
        Assert.False(Resolve("edge2").IsOpen);
        Assert.Null(Resolve("open").Tls);
        Assert.True(Resolve("open").IsOpen);
        Assert.False(Resolve("tcp://127.0.0.1:2375").IsOpen);
    }

    [Fact]
    public void DOCKER_TLS_VERIFY_encrypts_an_address_and_https_always_is()
    {
        Assert.Null(Resolve("tcp://host:2376").Tls);
        Assert.True(Resolve("https://host:2376").Tls?.Verify);
        _environment["DOCKER_TLS"] = "1";
        Assert.False(Resolve("tcp://host:2376").Tls?.Verify);
        _environment["DOCKER_TLS_VERIFY"] = "1";
        Assert.True(Resolve("tcp://host:2376").Tls?.Verify);
        Assert.Null(Resolve("unix:///a.sock").Tls);
    }

    [Fact]
    public void An_unknown_context_is_an_error_that_names_the_known_ones()
    {
        EngineException fault = Assert.Throws<EngineException>(() => Resolve("edge9"));

        Assert.Equal(EngineErrorId.ContextNotFound, fault.Id);
        Assert.Contains("edge1, edge2, open", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npipe:////./pipe/dockerDesktopLinuxEngine", "npipe://./pipe/dockerDesktopLinuxEngine", true)]
    [InlineData("npipe://./pipe/docker_engine", "npipe://./pipe/docker_engine", true)]
    [InlineData("NPIPE:////./pipe/x", "npipe://./pipe/x", true)]
    [InlineData("npipe:////server/pipe/x", "npipe://server/pipe/x", false)]
    public void A_pipe_of_Windows_is_written_in_several_ways(string text, string expected, bool isLocal)
    {
        EngineEndpoint endpoint = EngineEndpoint.Resolve(_environment, text, Windows);

        Assert.Equal(expected, endpoint.Address.AbsoluteUri);
        Assert.Equal((isLocal, !isLocal), (endpoint.IsLocal, endpoint.IsRemote));
        Assert.Equal(EngineErrorId.EngineUnreachable, Assert.Throws<EngineException>(() => Resolve(text)).Id);
    }

    [Theory]
    [InlineData("npipe://")]
    [InlineData("npipe:////./pipe/")]
    [InlineData("npipe:////./other/x")]
    public void A_pipe_without_a_name_is_an_error(string text) =>
        Assert.Equal(EngineErrorId.EngineUnreachable, Assert.Throws<EngineException>(() => EngineEndpoint.Resolve(_environment, text, Windows)).Id);

    [Fact]
    public void On_Windows_the_default_is_the_pipe_of_Docker_and_contexts_are_in_the_profile()
    {
        Write("desktop-linux", "npipe:////./pipe/dockerDesktopLinuxEngine");
        var profile = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["UserProfile"] = @"C:\Users\x", ["HOME"] = "/home/x" };

        Assert.Equal(EngineEndpoint.DefaultPipe, EngineEndpoint.Resolve(new Dictionary<string, string>(), null, Windows).Address.OriginalString);
        Assert.Equal("npipe://./pipe/dockerDesktopLinuxEngine", EngineEndpoint.Resolve(_environment, "desktop-linux", Windows).Address.OriginalString);
        Assert.Equal(@"C:\Users\x\.docker", DockerConfigFolder.Find(profile, Windows));
        Assert.Equal("/home/x/.docker", DockerConfigFolder.Find(profile, new HostPaths(IsWindows: false)));
    }

    [Fact]
    public void Ssh_forwards_the_socket_except_on_Windows_where_it_cannot()
    {
        Uri address = Resolve("ssh://host/run/docker.sock").Address;

        Assert.Contains("/tmp/s:/run/docker.sock", SshTunnel.Forwarding(address, "/tmp/s", new HostPaths(IsWindows: false)));
        Assert.Empty(SshTunnel.Forwarding(address, @"C:\Temp\s", Windows));
    }

    [Theory]
    [InlineData("ssh://")]
    [InlineData("ssh://-oProxyCommand=touch/x")]
    [InlineData("ssh://-lroot@host")]
    [InlineData("ssh://user:secret@host")]
    [InlineData("ssh://host?x=1")]
    [InlineData("https://user@host:1")]
    [InlineData("https://host/path")]
    public void An_invalid_address_is_one_clear_error_without_its_password(string address)
    {
        EngineException fault = Assert.Throws<EngineException>(() => Resolve(address));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_becomes_arguments_of_ssh_that_cannot_be_options()
    {
        IReadOnlyList<string> arguments = SshTunnel.Arguments(Resolve("ssh://a%20b@host.example:2222/run/docker.sock").Address, [], "true");

        Assert.Equal(["-l", "a b", "-p", "2222", "--", "host.example", "true"], arguments.SkipWhile(argument => argument != "-l"));
        Assert.Equal(["--", "[::1]", "true"], SshTunnel.Arguments(Resolve("ssh://[::1]").Address, [], "true").TakeLast(3).Select(part => part == "::1" ? "[::1]" : part));
        Assert.Equal("docker system dial-stdio", SshTunnel.DialCommand(Resolve("ssh://host").Address));
        Assert.Equal("docker -H 'unix:///it'\\''s' system dial-stdio", SshTunnel.DialCommand(Resolve("ssh://host/it's").Address));
    }

    [Theory]
    [InlineData("ssh: Could not resolve hostname nowhere: Name or service not known", EngineErrorId.EngineUnreachable, "the host name is unknown")]
    [InlineData("user@host: Permission denied (publickey,password).", EngineErrorId.EngineAccessDenied, "ssh refused the login")]
    [InlineData("permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied", EngineErrorId.EngineAccessDenied, "no access to the Docker socket")]
    [InlineData("sh: 1: docker: not found", EngineErrorId.EngineUnreachable, "docker program was not found")]
    [InlineData("Host key verification failed.", EngineErrorId.EngineNotTrusted, "host key is not known")]
    [InlineData("@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.", EngineErrorId.EngineNotTrusted, "not the one that is known")]
    [InlineData("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", EngineErrorId.EngineUnreachable, "does not answer")]
    public void What_ssh_prints_becomes_a_cause(string said, EngineErrorId id, string clause)
    {
        EngineException fault = SshErrors.Of(Resolve("ssh://user@host"), said, null);

        Assert.Equal(id, fault.Id);
        Assert.Contains(clause, fault.Message, StringComparison.Ordinal);
    }

    private EngineEndpoint Resolve(string? context = null) => EngineEndpoint.Resolve(_environment, context);

    private void Write(string name, string host, bool tls = false)
    {
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        string meta = Directory.CreateDirectory(Path.Combine(_folder.FullName, "contexts", "meta", id)).FullName;
        File.WriteAllText(Path.Combine(meta, "meta.json"), $$"""{ "Name": "{{name}}", "Metadata": {}, "Endpoints": { "docker": { "Host": "{{host}}", "SkipTLSVerify": false } } }""");
        if (tls)
        {
            string files = Directory.CreateDirectory(Path.Combine(_folder.FullName, "contexts", "tls", id, "docker")).FullName;
            File.WriteAllText(Path.Combine(files, "ca.pem"), "");
        }
    }
}
