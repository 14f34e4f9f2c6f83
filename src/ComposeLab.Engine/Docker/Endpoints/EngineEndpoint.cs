using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Docker;

/// <summary>The address of the engine, and the setting it comes from.</summary>
/// <param name="Address">The address: <c>unix:</c>, <c>tcp:</c>, <c>http:</c>, <c>https:</c>, <c>npipe:</c> or <c>ssh:</c>.</param>
/// <param name="Source">The setting, for messages: <c>DOCKER_HOST</c>, <c>context colima</c>, <c>default</c>.</param>
public sealed record EngineEndpoint(Uri Address, string Source)
{
    /// <summary>The socket of a standard installation on Linux and macOS.</summary>
    public const string DefaultUnixSocket = "unix:///var/run/docker.sock";

    /// <summary>The pipe of a standard installation on Windows.</summary>
    public const string DefaultPipe = "npipe://./pipe/docker_engine";

    /// <summary>How the connection is encrypted; null for a connection without TLS.</summary>
    public EngineTls? Tls { get; init; }

    /// <summary>The docker context that the endpoint belongs to; null if an address was specified.</summary>
    public string? Context { get; init; }

    /// <summary>Whether the engine is on this machine, so that its paths and ports are this machine's.</summary>
    public bool IsLocal => Address.Scheme is "unix" || (Address.Scheme is "npipe" && Address.Host == ".");

    /// <summary>Whether the engine is on another machine, so that this machine's paths do not exist there. Neither local nor remote is a port of this machine,
    /// behind which anything can be.</summary>
    public bool IsRemote => Address.Scheme is "ssh" || (Address.Scheme is "npipe" && !IsLocal) || (!IsLocal && !Address.IsLoopback);

    /// <summary>Whether everybody between here and the engine can read and change what is sent.</summary>
    public bool IsOpen => Tls is null && Address.Scheme is "tcp" or "http" && !Address.IsLoopback;

    /// <summary>A short name for tables: the context, otherwise the address.</summary>
    public string Name => Context is null or DockerContexts.DefaultName ? Address.OriginalString : Context;

    /// <summary>Finds the endpoint like the docker client: an explicit context or address, DOCKER_HOST, the current docker context, the default.</summary>
    /// <param name="environment">The OS environment; DOCKER_HOST, DOCKER_CONTEXT, DOCKER_TLS_VERIFY, DOCKER_TLS, DOCKER_CERT_PATH, DOCKER_CONFIG and HOME or USERPROFILE are read.</param>
    /// <param name="context">The name of a context, or an address with a scheme, that overrides all settings; or null.</param>
    /// <param name="host">The rules of the host; null for this one.</param>
    /// <returns>The endpoint; nothing is contacted.</returns>
    /// <exception cref="EngineException">EngineUnreachable: the address is not valid; ContextNotFound.</exception>
    public static EngineEndpoint Resolve(IReadOnlyDictionary<string, string> environment, string? context = null, HostPaths? host = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        host ??= HostPaths.Current;
        if (context is { Length: > 0 } && context.Contains("://", StringComparison.Ordinal))
        {
            return WithTlsOf(environment, EngineAddress.Parse(context, "the specified address", host), "the specified address", host);
        }

        var contexts = new DockerContexts(environment, host);
        if (context is { Length: > 0 } && context != DockerContexts.DefaultName)
        {
            return contexts.Find(context);
        }

        if (environment.TryGetValue("DOCKER_HOST", out string? address) && address.Length > 0)
        {
            return WithTlsOf(environment, EngineAddress.Parse(address, "DOCKER_HOST", host), "DOCKER_HOST", host) with { Context = context };
        }

        string? current = context is null ? contexts.CurrentName : null;
        return current is null
            ? new EngineEndpoint(EngineAddress.Parse(host.IsWindows ? DefaultPipe : DefaultUnixSocket, "default", host), "default") { Context = DockerContexts.DefaultName }
            : contexts.Find(current);
    }

    /// <summary>The address as text.</summary>
    /// <returns>The address followed by its source.</returns>
    public override string ToString() => $"{Address.OriginalString} ({Source})";

    // Like the docker client: DOCKER_TLS_VERIFY encrypts and checks, DOCKER_TLS only encrypts, https always encrypts.
    private static EngineEndpoint WithTlsOf(IReadOnlyDictionary<string, string> environment, Uri address, string source, HostPaths host)
    {
        bool IsSet(string variable) => environment.GetValueOrDefault(variable) is { Length: > 0 };
        bool verifies = IsSet("DOCKER_TLS_VERIFY");
        bool encrypts = address.Scheme == "https" || (address.Scheme is "tcp" && (verifies || IsSet("DOCKER_TLS")));
        return new EngineEndpoint(address, source)
        {
            Tls = encrypts
                ? EngineTls.In(
                    environment.GetValueOrDefault("DOCKER_CERT_PATH") is { Length: > 0 } folder ? folder : DockerConfigFolder.Find(environment, host),
                    verify: verifies || !IsSet("DOCKER_TLS"))
                : null,
        };
    }
}

/// <summary>Reads the address of an engine.</summary>
internal static class EngineAddress
{
    private const string DockerPipe = "npipe:////";

    /// <summary>Reads an address; a host and a port without a scheme are <c>tcp</c>.</summary>
    /// <param name="text">The address, as the docker client accepts it.</param>
    /// <param name="source">Where it comes from, for the message.</param>
    /// <param name="host">The rules of the host.</param>
    /// <returns>The address.</returns>
    /// <exception cref="EngineException">EngineUnreachable: it is not valid.</exception>
    public static Uri Parse(string text, string source, HostPaths host)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Unusable(text, source, "it is blank");
        }

        if (text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is ',' or ';'))
        {
            throw Unusable(text, source, "it contains spaces or several addresses");
        }

        bool isPipe = text.StartsWith("npipe:", StringComparison.OrdinalIgnoreCase);
        if (isPipe && !host.IsWindows)
        {
            throw Unusable(text, source, "named pipes exist only on Windows");
        }

        string address = text.Contains("://", StringComparison.Ordinal) ? text : "tcp://" + text;
        if (address.StartsWith(DockerPipe, StringComparison.OrdinalIgnoreCase))
        {
            // Docker's own format; the client library supports only the other one.
            address = "npipe://" + address[DockerPipe.Length..];
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
        {
            throw Unusable(text, source, "it is not an address");
        }

        return uri.Scheme switch
        {
            "unix" when uri.AbsolutePath.Length <= 1 => throw Unusable(text, source, "it contains no socket path"),
            "tcp" or "http" or "https" when uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.AbsolutePath.Length > 1 =>
                throw Unusable(text, source, "only a host and a port are allowed after the scheme"),
            "npipe" when uri.Host.Length == 0 || uri.Segments is not ["/", "pipe/", _, ..] => throw Unusable(text, source, "a pipe is npipe:////./pipe/NAME"),
            "ssh" when SshProblem(uri) is { } problem => throw Unusable(text, source, problem),
            "unix" or "tcp" or "http" or "https" or "npipe" or "ssh" => uri,
            _ => throw Unusable(text, source, $"the scheme '{uri.Scheme}' is unknown"),
        };
    }

    // A user or host that begins with a hyphen would be an option of the ssh program.
    private static string? SshProblem(Uri uri) =>
        uri.Host.Length == 0 || uri.Host.StartsWith('-') || uri.UserInfo.StartsWith('-') ? "it contains no host"
        : uri.UserInfo.Contains(':', StringComparison.Ordinal) ? "a password in the address is not supported; use a key or an agent"
        : uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "only a user, a host, a port and a socket path are allowed"
        : null;

    private static EngineException Unusable(string text, string source, string why) => new(
        EngineErrorId.EngineUnreachable,
        $"The engine address '{WithoutPassword(text)}' (from {source}) is not valid: {why}. Use unix://PATH, tcp://HOST:PORT, https://HOST:PORT or ssh://USER@HOST.",
        $"Set DOCKER_HOST, for example: $env:DOCKER_HOST = '{EngineEndpoint.DefaultUnixSocket}'");

    private static string WithoutPassword(string text)
    {
        int user = text.IndexOf("://", StringComparison.Ordinal) + 3;
        int at = text.LastIndexOf('@');
        int colon = at > user && user > 2 ? text.IndexOf(':', user, at - user) : -1;
        return colon < 0 ? text : string.Concat(text.AsSpan(0, colon + 1), "********", text.AsSpan(at));
    }
}
